import type { Case } from "../case.ts";
import { compile } from "../tools/compile.ts";
import { runNode } from "../tools/run-peer.ts";

/** Whether a deadline holds when JavaScript has no time for it. */
export const deadline: Case = {
  name: "deadline",
  about:
    "500 processes with a timeout of 2 s each; JavaScript blocks the event loop for a second over their deadlines. A C " +
    "program notes when SIGTERM reached it: the lateness is that moment minus the deadline, both on CLOCK_MONOTONIC, " +
    "so it contains the time the process waits for a CPU.",
  metrics: [
    { key: "p50", title: "median, ms", digits: 2 },
    { key: "p99", title: "p99, ms", digits: 2 },
    { key: "max", title: "max, ms", digits: 1 },
    { key: "blocked", title: "deadlines while blocked", digits: 0 },
  ],
  targets: [{ metric: "p99", peer: "urocket", bound: "at most", value: 10, unit: "ms" }],
  prepare: async ({ scratch }) => {
    const fixture = compile("programs/on-term.c", scratch);
    const late = (name: string) => () => runNode(name, [fixture]);
    return {
      peers: [
        {
          name: "urocket",
          note: "`timeout` of the spawn specification; a deadline counts from the clone, as `list()` reports it.",
          measure: late("urocket/deadline.mjs"),
        },
        {
          name: "child_process",
          note: "`timeout` of node's `spawn`, a JavaScript timer; a deadline counts from when `spawn` returned.",
          measure: late("child-process/deadline.mjs"),
        },
      ],
      close: async () => {},
    };
  },
};

import type { Case } from "../case.ts";
import { runNode } from "../tools/run-peer.ts";

/** What a running process costs the program that started it. */
export const memory: Case = {
  name: "memory",
  about:
    "Memory of our own program per running process: what 1,000 sleeping children add (`/bin/sleep`, nothing printed, so " +
    "nothing captured), with 500 more running before and after, which have paid for what all share. The garbage " +
    "collector runs before each look. Memory of the children and of the kernel is not in it.",
  metrics: [
    { key: "rss", title: "RSS, KiB", digits: 2 },
    { key: "pss", title: "PSS, KiB", digits: 2 },
    { key: "heap", title: "JS heap, KiB", digits: 2 },
    { key: "native", title: "native heap, KiB", digits: 2 },
  ],
  targets: [{ metric: "rss", peer: "urocket", bound: "at most", value: 4, unit: "KiB" }],
  prepare: async () => {
    const footprint = (name: string) => () => runNode(name, [], ["--expose-gc"]);
    return {
      peers: [
        {
          name: "urocket",
          note: "`Supervisor.start` with one observer object each, stdout and stderr captured.",
          measure: footprint("urocket/memory.mjs"),
        },
        {
          name: "child_process",
          note: "`spawn` of node:child_process, stdout and stderr piped with a listener each.",
          measure: footprint("child-process/memory.mjs"),
        },
      ],
      close: async () => {},
    };
  },
};

import { availableParallelism } from "node:os";
import type { Case } from "../case.ts";
import { compile } from "../tools/compile.ts";
import { runNode, runProgram } from "../tools/run-peer.ts";

/** How many processes a second: ours, what Node programs use today, and what the kernel can do. */
export const spawn: Case = {
  name: "spawn",
  about:
    "Processes started, captured and reaped per second: a dynamically linked `/bin/echo`, 16 in flight. Each sample is " +
    "a fresh program, so that nobody pays for the heap of another, and starts with a warm-up that does not count.",
  metrics: [{ key: "perSecond", title: "spawns/s", digits: 0 }],
  targets: [
    { metric: "perSecond", peer: "urocket", over: "child_process", bound: "at least", value: 2.8, unit: "×" },
    { metric: "perSecond", peer: "urocket", over: "C loop", bound: "at least", value: 0.95, unit: "×" },
  ],
  prepare: async ({ scratch, window }) => {
    const limit = compile("peers/c-loop/limit.c", scratch, ["-pthread"]);
    const flatOut = (name: string) => () => runNode(name, [String(window)]);
    return {
      peers: [
        {
          name: "urocket",
          note: "`Supervisor.start` of this build; stdout and stderr captured, environment empty.",
          measure: flatOut("urocket/spawn.mjs"),
        },
        {
          name: "C loop",
          note:
            `\`vfork\` + \`execve\` + \`wait4\` on ${availableParallelism()} threads, stdout on /dev/null: no pipe, no ` +
            "session, no limits. Nothing that starts processes can be much faster.",
          measure: () => runProgram(limit, [String(window), String(availableParallelism()), "/bin/echo", "hello"]),
        },
        {
          name: "child_process",
          note: "`spawn` of node:child_process; stdout and stderr piped and read to their end, environment empty.",
          measure: flatOut("child-process/spawn.mjs"),
        },
        {
          name: "execa",
          note: "execa 9 with its defaults, which buffer stdout and stderr; stdin ignored, environment empty.",
          measure: flatOut("execa/spawn.mjs"),
        },
      ],
      close: async () => {},
    };
  },
};

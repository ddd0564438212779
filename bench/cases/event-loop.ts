import type { Case } from "../case.ts";
import { runNode } from "../tools/run-peer.ts";

/** How long JavaScript is kept from its other work while processes are started as fast as possible. */
export const eventLoop: Case = {
  name: "event-loop",
  about:
    "Delay of the event loop while spawning flat out as in `spawn`: `monitorEventLoopDelay({ resolution: 1 })`, whose " +
    "figures include the millisecond that it sleeps between two looks.",
  metrics: [
    { key: "delayP99", title: "p99, ms", digits: 2 },
    { key: "delayMax", title: "max, ms", digits: 1 },
    { key: "perSecond", title: "spawns/s meanwhile", digits: 0 },
  ],
  targets: [{ metric: "delayP99", peer: "urocket", bound: "at most", value: 3, unit: "ms" }],
  prepare: async ({ window }) => {
    const watched = (name: string) => () => runNode(name, [String(window), "watch"]);
    return {
      peers: [
        {
          name: "urocket",
          note: "The same program as in `spawn`, with the monitor on.",
          measure: watched("urocket/spawn.mjs"),
        },
        {
          name: "child_process",
          note: "The same program as in `spawn`, with the monitor on.",
          measure: watched("child-process/spawn.mjs"),
        },
      ],
      close: async () => {},
    };
  },
};

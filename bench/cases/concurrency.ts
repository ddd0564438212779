import type { Case, Target } from "../case.ts";
import { HELLO } from "../peers/hello.ts";
import { lighttpd } from "../peers/lighttpd/lighttpd.ts";
import { urocket } from "../peers/urocket/urocket.ts";
import { webhook } from "../peers/webhook/webhook.ts";
import { LOAD_METRICS, loaded } from "../tools/loaded.ts";
import { programsFor } from "../tools/programs.ts";
import { type Measured, NOT_IN_QUICK, serve, together } from "../tools/serve.ts";

const CONNECTIONS = [1, 8, 32, 128, 512, 1000];
const QUICK = [1, 32, 1000];

/** `stdout` with few and with many callers. */
export const concurrency: Case = {
  name: "concurrency",
  about:
    "As `stdout`, with 1 to 1,000 connections, each with a request under way. A request that is cut when the time is over " +
    "has cost CPU and is not counted, so own CPU is a little too high where connections are many and the time is short. " +
    "urocket runs 16 processes for each core and lets the others wait in line; lighttpd and webhook start them all.",
  metrics: LOAD_METRICS,
  mostRounds: 5,
  targets: [
    ...CONNECTIONS.map(own),
    { metric: "cpu", peer: "urocket, 1000", over: "urocket, 32", bound: "at most", value: 1.1, unit: "×" },
  ],
  prepare: async ({ scratch, window, quick }) => {
    const where = { scratch, programs: programsFor(scratch, ["hello.c"]) };
    const all = CONNECTIONS.map((connections): Measured => {
      // Many callers need longer until each has had several turns.
      const milliseconds = connections > 128 ? 2 * window : window;
      const absent = quick && !QUICK.includes(connections) ? NOT_IN_QUICK : undefined;
      return {
        label: `, ${connections}`,
        absent,
        measure: (server) => loaded(server, HELLO, { milliseconds, connections }),
      };
    });
    const served = [];
    for (const kind of [urocket("stdout.yaml", "`reply: stdout`."), lighttpd, webhook])
      served.push(await serve(kind, where, all));
    return together(served);
  },
};

function own(connections: number): Target {
  return { metric: "cpu", peer: `urocket, ${connections}`, bound: "at most", value: 100, unit: "µs" };
}

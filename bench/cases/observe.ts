import { join } from "node:path";
import type { Case, Peer } from "../case.ts";
import { startUrocket } from "../peers/urocket/urocket.ts";
import type { Exchange } from "../tools/exchange.ts";
import { payloadOf } from "../tools/load.ts";
import { LOAD_METRICS, loaded } from "../tools/loaded.ts";
import { programsFor } from "../tools/programs.ts";

/** What it costs to see what it does. */
export const observe: Case = {
  name: "observe",
  about:
    "The whole path as in `socket`, with a C client: with a log line for each request and all metrics, as it is by default " +
    "with the admin port, beside neither. The log goes to a file.",
  metrics: LOAD_METRICS,
  targets: [
    { metric: "perSecond", peer: "logs and metrics", over: "neither", bound: "at least", value: 0.9, unit: "×" },
  ],
  prepare: async ({ scratch, window: milliseconds }) => {
    const programs = programsFor(scratch, ["answer.c"]);
    const start = (configuration: string) =>
      startUrocket({ directory: join(scratch, configuration), configuration, programs, probe: ECHO });
    const on = await start("observe-on.yaml");
    const off = await start("observe-off.yaml");
    const peers: Peer[] = [
      { name: "neither", note: "`log: silent`, no admin port.", measure: () => loaded(off, ECHO, { milliseconds }) },
      {
        name: "logs and metrics",
        note: "`log: info` as JSON, admin port on; nobody scrapes meanwhile.",
        measure: () => loaded(on, ECHO, { milliseconds }),
      },
    ];
    return { peers, close: async () => void (await Promise.all([on.close(), off.close()])) };
  },
};

const BODY = payloadOf(17);
const ECHO: Exchange = { verb: "POST", path: "/c", body: BODY, expected: BODY };

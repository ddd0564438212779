import { join } from "node:path";
import type { Case } from "../case.ts";
import { HELLO } from "../peers/hello.ts";
import { lighttpd } from "../peers/lighttpd/lighttpd.ts";
import { urocket } from "../peers/urocket/urocket.ts";
import { webhook } from "../peers/webhook/webhook.ts";
import { LOAD_METRICS, loaded } from "../tools/loaded.ts";
import { programsFor } from "../tools/programs.ts";
import { serve, together } from "../tools/serve.ts";
import type { Server } from "../tools/server.ts";
import { Sleepers } from "../tools/sleepers.ts";

const COUNT = 1000;

/** Whether slow scripts are in the way of the others. */
export const slow: Case = {
  name: "slow",
  about:
    "`stdout` while 1,000 processes of the same server sleep, each for a caller of its own who waits. They sleep during " +
    "the whole case; at its end all are let go, and every one of their callers must get its answer. The first line is " +
    "a urocket whose own processes don't sleep, on the same machine full of sleepers.",
  metrics: LOAD_METRICS,
  mostRounds: 5,
  targets: [
    {
      metric: "perSecond",
      peer: "urocket, 1,000 sleep",
      over: "urocket, none",
      bound: "at least",
      value: 0.9,
      unit: "×",
    },
  ],
  prepare: async ({ scratch, window: milliseconds }) => {
    const gate = join(scratch, "gate");
    const programs = programsFor(scratch, ["hello.c", "sleeper.c"], [`-DGATE="${gate}"`]);
    const where = { scratch, programs };
    const sleepers = new Sleepers(gate);
    const measure = (server: Server) => loaded(server, HELLO, { milliseconds });
    const prepare = (server: Server) => sleepers.start(server, COUNT);
    const idle = urocket("slow.yaml", "The same configuration.");
    const none = await serve(idle, { programs, scratch: join(scratch, "idle") }, [{ label: ", none", measure }]);
    const served = [];
    const ours = urocket("slow.yaml", "A slot for each sleeper and 40 more.");
    for (const kind of [ours, lighttpd, webhook])
      served.push(await serve(kind, where, [{ label: ", 1,000 sleep", prepare, measure }]));
    const { peers, close } = together([none, ...served]);
    return {
      peers,
      close: async () => {
        await sleepers.wake();
        await close();
      },
    };
  },
};

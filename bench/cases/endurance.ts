import { readdirSync, readFileSync } from "node:fs";
import type { Case, Sample } from "../case.ts";
import { HELLO } from "../peers/hello.ts";
import { urocket } from "../peers/urocket/urocket.ts";
import { load } from "../tools/load.ts";
import { programsFor } from "../tools/programs.ts";
import { serve } from "../tools/serve.ts";
import type { Server } from "../tools/server.ts";
import { until } from "../tools/until.ts";

const COUNTS = { quick: 5000, usual: 50_000, long: 1_000_000 };
/** Share of the requests after which memory is looked at first. */
const EARLY = 0.05;

/** Memory and descriptors after many requests. */
export const endurance: Case = {
  name: "endurance",
  about:
    "Resident memory and descriptors of the gateway after 5 % of the requests of `stdout` and after all of them: 50,000, " +
    "or 1,000,000 with `--long`. Both looks are taken right after a load, with no connection open and no program that runs.",
  metrics: [
    { key: "requests", title: "requests", digits: 0 },
    { key: "early", title: "RSS early, MiB", digits: 1 },
    { key: "late", title: "RSS at the end, MiB", digits: 1 },
    { key: "growth", title: "end ÷ early", digits: 3 },
    { key: "descriptors", title: "more descriptors", digits: 0 },
  ],
  mostRounds: 1,
  targets: [
    { metric: "growth", peer: "urocket", bound: "at most", value: 1.1, unit: "×" },
    { metric: "descriptors", peer: "urocket", bound: "at most", value: 0, unit: "descriptors" },
  ],
  prepare: async ({ scratch, quick, long }) => {
    const goal = long ? COUNTS.long : quick ? COUNTS.quick : COUNTS.usual;
    const where = { scratch, programs: programsFor(scratch, ["hello.c"]) };
    return await serve(urocket("stdout.yaml", "`reply: stdout`."), where, [
      { measure: (server) => endure(server, goal) },
    ]);
  },
};

async function endure(server: Server, goal: number): Promise<Sample> {
  const first = await make(server, goal * EARLY);
  const [early, before] = [resident(server), await descriptors(server)];
  const requests = first + (await make(server, goal - first));
  const late = resident(server);
  return { requests, early, late, growth: late / early, descriptors: (await descriptors(server)) - before };
}

/** Makes that many requests, or some more. */
async function make(server: Server, goal: number): Promise<number> {
  let made = 0;
  let milliseconds = 1000;
  while (made < goal) {
    const { requests, perSecond } = await load(server.url, HELLO, { milliseconds });
    made += requests;
    milliseconds = Math.min(60_000, Math.max(1000, ((goal - made) / perSecond) * 1000));
  }
  return made;
}

/** In MiB. */
function resident({ pids }: Server): number {
  const kib = (pid: number) => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  return pids.reduce((sum, pid) => sum + kib(pid), 0) / 1024;
}

/** Once nothing is left of what the load had begun and did not wait for: no program, and no connection to be closed. */
async function descriptors({ pids }: Server): Promise<number> {
  let last: number | undefined;
  return await until("the programs to end, and as many descriptors twice", () => {
    if (pids.some(hasChildren)) return undefined;
    const before = last;
    last = pids.reduce((sum, pid) => sum + readdirSync(`/proc/${pid}/fd`).length, 0);
    return last === before && last;
  });
}

function hasChildren(pid: number): boolean {
  const threads = `/proc/${pid}/task`;
  return readdirSync(threads).some((thread) => readFileSync(`${threads}/${thread}/children`, "utf8") !== "");
}

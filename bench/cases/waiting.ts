import { join } from "node:path";
import type { Case, Sample } from "../case.ts";
import { CONNECTIONS, load } from "../tools/load.ts";
import type { Server } from "../tools/server.ts";
import { until } from "../tools/until.ts";
import { Waiters } from "../tools/waiters.ts";
import { ECHO, startMatching } from "../tools/without-processes.ts";

const FEW = 100;
/** Those before have filled the room that an empty gateway has kept free. */
const FIRST = 2000;
const MANY = 10_000;

/** What callers cost who only wait. */
export const waiting: Case = {
  name: "waiting",
  about:
    `${MANY.toLocaleString("en")} callers who wait for their answers, each on a connection of its own, in front of the ` +
    `gateway without processes (\`matching\`, direct). Memory is what the ones beyond the first ${FIRST.toLocaleString("en")} add to ` +
    `the resident memory after garbage collection, connections included. p99 is that of ${CONNECTIONS} other connections that are answered ` +
    "meanwhile. Each sample is a fresh gateway; memory is looked at before any load, which leaves free room behind.",
  metrics: [
    { key: "kib", title: "KiB per waiting request", digits: 2 },
    { key: "few", title: "p99, 100 wait, ms", digits: 2 },
    { key: "many", title: "p99, 10,000 wait, ms", digits: 2 },
    { key: "growth", title: "many ÷ few", digits: 2 },
  ],
  mostRounds: 5,
  targets: [
    { metric: "kib", peer: "urocket", bound: "at most", value: 6, unit: "KiB" },
    { metric: "growth", peer: "urocket", bound: "at most", value: 2, unit: "×" },
  ],
  prepare: async ({ scratch, window: milliseconds }) => ({
    peers: [
      {
        name: "urocket",
        note: "A POST of 17 bytes on a route whose played process never ends.",
        measure: () => measure(join(scratch, "waiting"), milliseconds),
      },
    ],
    close: async () => {},
  }),
};

async function measure(directory: string, milliseconds: number): Promise<Sample> {
  const server = await startMatching(directory, { flags: ["--expose-gc"] });
  const waiters = new Waiters(server.url);
  try {
    const p99 = async (): Promise<number> => (await load(server.url, ECHO, { milliseconds })).p99;
    await waiters.add(FIRST);
    const before = await look(server, FIRST);
    await waiters.add(MANY - FIRST);
    const after = await look(server, MANY);
    // The first load warms up.
    await p99();
    const many = await p99();
    await waiters.leave(MANY - FEW);
    await look(server, FEW);
    const few = await p99();
    return { kib: (after - before) / (MANY - FIRST) / 1024, few, many, growth: many / few };
  } finally {
    await waiters.close();
    await server.close();
  }
}

/** The resident memory in bytes, once that many wait. */
async function look({ url }: Server, count: number): Promise<number> {
  const { rss } = await until(`${count} callers to wait`, async () => {
    const response = await fetch(`${url}/look`, { method: "POST", body: "{}" });
    const seen = (await response.json()) as { readonly rss: number; readonly waiting: number };
    return seen.waiting === count && seen;
  });
  return rss;
}

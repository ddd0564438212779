import type { Metric, Sample } from "../case.ts";
import { familyOf, ownCpu } from "./cpu.ts";
import type { Exchange } from "./exchange.ts";
import { type LoadOptions, load } from "./load.ts";
import type { Server } from "./server.ts";
import { until } from "./until.ts";

/** What {@link loaded} measures. */
export const LOAD_METRICS: readonly Metric[] = [
  { key: "perSecond", title: "requests/s", digits: 0 },
  { key: "p50", title: "median, ms", digits: 1 },
  { key: "p99", title: "p99, ms", digits: 1 },
  { key: "cpu", title: "own CPU, µs/request", digits: 0 },
];

/**
 * A server under load: its rate, its latencies and the CPU time (user and system) that its own processes took for each
 * request. The processes that it runs for requests are not in that.
 */
export async function loaded({ url, pids }: Server, exchange: Exchange, options: LoadOptions): Promise<Sample> {
  const family = (): number => new Set(pids.flatMap(familyOf)).size;
  const atRest = family();
  const before = ownCpu(pids);
  const { requests, perSecond, p50, p99 } = await load(url, exchange, options);
  const cpu = (ownCpu(pids) - before) / requests;
  // What was still under way when the load was over must not disturb whoever is next.
  await until("the processes of cut requests to end", () => family() <= atRest);
  return { perSecond, p50, p99, cpu };
}

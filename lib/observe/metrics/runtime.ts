import { collectDefaultMetrics, Registry } from "prom-client";

let shared: Registry | undefined;

/**
 * CPU, memory, descriptors and event loop delay of this process itself. One registry for the whole program, for what
 * measures the event loop and the garbage collector can't be stopped again.
 */
export function runtimeMetrics(): Registry {
  if (shared !== undefined) return shared;
  shared = new Registry();
  collectDefaultMetrics({ register: shared });
  for (const name of MISNAMED) shared.removeSingleMetric(name);
  return shared;
}

/** Gauges that are named like counters, which checkers of metrics refuse. */
const MISNAMED = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];

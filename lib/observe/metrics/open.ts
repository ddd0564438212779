import { Registry } from "prom-client";
import { countMessages } from "./messages.ts";
import { countProcesses } from "./processes.ts";
import { type Pulled, pullFigures } from "./pulled.ts";
import { runtimeMetrics } from "./runtime.ts";

export type MetricsOptions = Pulled;

/** The metrics of this process and of its gateway. */
export interface Metrics {
  readonly contentType: string;
  /** As they stand now, in the text format of Prometheus. */
  text(): Promise<string>;
  /** Counts no more. */
  close(): void;
}

/**
 * Counts what happens from now on, from the events of this program, and asks for what can be looked up only when it is
 * scraped. Labels have few values: routes are those of the configuration or `unmatched`, methods those that are known.
 *
 * @example
 * const metrics = openMetrics({ routes: () => [], callers: () => 0, droppedLines: () => 0 });
 * console.log(await metrics.text());
 */
export function openMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry();
  const stops = [countMessages(registry), countProcesses(registry)];
  pullFigures(registry, options);
  const runtime = runtimeMetrics();
  return {
    contentType: registry.contentType,
    text: async () => `${await registry.metrics()}\n${await runtime.metrics()}`,
    close: () => {
      for (const stop of stops.splice(0)) stop();
    },
  };
}

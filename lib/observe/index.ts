export type { LogLevel } from "../core/log-level.ts";
export { type Log, type LogOptions, openLog } from "./log.ts";
export { type Metrics, type MetricsOptions, openMetrics } from "./metrics/open.ts";
export { descriptorSink, type LogFormat, type Sink } from "./sink.ts";
export { openStatus, type Status } from "./status/open.ts";
export type * from "./status/types.ts";
export { openTraces, type Traces } from "./traces/open.ts";

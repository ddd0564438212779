export { type Log, type LogLevel, type LogOptions, openLog } from "./log.ts";
export { descriptorSink, type LogFormat, type Sink } from "./sink.ts";

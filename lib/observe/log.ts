import { type Logger, pino } from "pino";
import { follow } from "./follow.ts";
import { descriptorSink, type LogFormat, type Sink } from "./sink.ts";

/** The levels, from nothing to everything. */
export type LogLevel = "silent" | "error" | "warn" | "info" | "debug" | "trace";

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Standard output when absent. */
  readonly sink?: Sink | undefined;
}

/** A log that follows the events of this process. */
export interface Log {
  readonly logger: Logger;
  /** Stops following, writes what is left and ends. */
  close(): Promise<void>;
  /** The same at once, for an exit that can't wait. */
  closeSync(): void;
}

/** Opens the log: from now on each event of the gateway becomes its line. */
export function openLog({ level, format, sink = descriptorSink(1, format) }: LogOptions): Log {
  // Neither our own pid nor the host: whoever collects logs knows both, and processes of routes have pids of their own.
  const logger = pino({ level, base: null }, sink);
  const unfollow = follow(logger);
  let closing: Promise<void> | undefined;
  return {
    logger,
    close: () => {
      unfollow();
      closing ??= sink.close();
      return closing;
    },
    closeSync: () => {
      unfollow();
      if (closing === undefined) sink.flushSync();
      closing ??= Promise.resolve();
    },
  };
}

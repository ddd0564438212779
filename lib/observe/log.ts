import { type Logger, pino } from "pino";
import type { LogLevel } from "../core/log-level.ts";
import { Follower } from "./follow.ts";
import { descriptorSink, type LogFormat, type Sink } from "./sink.ts";

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Standard output when absent. */
  readonly sink?: Sink | undefined;
}

/** A log that follows the events of this process. */
export interface Log {
  readonly logger: Logger;
  /** Listens to what routes with levels of their own are to be logged with, too. */
  heed(levels: readonly (LogLevel | undefined)[]): void;
  /** How many lines were dropped so far because nobody read them in time, or at all. */
  dropped(): number;
  /** Stops following, writes what is left and ends. */
  close(): Promise<void>;
  /** The same at once, for an exit that can't wait. */
  closeSync(): void;
}

/** Opens the log: from now on each event of the gateway becomes its line. */
export function openLog({ level, format, sink = descriptorSink(1, format) }: LogOptions): Log {
  // Neither our own pid nor the host: whoever collects logs knows both, and processes of routes have pids of their own.
  const logger = pino({ level, base: null }, sink);
  const follower = new Follower(logger);
  follower.follow([level]);
  let closing: Promise<void> | undefined;
  return {
    logger,
    heed: (levels) => {
      if (closing === undefined) follower.follow([level, ...levels]);
    },
    dropped: () => sink.dropped,
    close: () => {
      follower.close();
      closing ??= sink.close();
      return closing;
    },
    closeSync: () => {
      follower.close();
      if (closing === undefined) sink.flushSync();
      closing ??= Promise.resolve();
    },
  };
}

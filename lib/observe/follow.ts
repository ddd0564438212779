import type { Channel } from "node:diagnostics_channel";
import type { Logger } from "pino";
import {
  type AnswerRefused,
  events,
  type Fault,
  type MessageEnded,
  type MessageOver,
  type MessageStored,
} from "../core/events.ts";
import { LOG_LEVELS, type LogLevel } from "../core/log-level.ts";
import type { ExitFacts, ProcessExitedEvent } from "./exit-facts.ts";
import { logExit } from "./exit-lines.ts";
import { listen } from "./listen.ts";
import { logOver } from "./request-line.ts";

/**
 * Writes a line for each event, those of a route at the level of that route. What no level lets through is not listened
 * to, so that it costs nothing.
 */
export class Follower {
  readonly #logger: Logger;
  /** A logger for each level that routes have. */
  readonly #loggers = new Map<LogLevel, Logger>();
  #stops: (() => void)[] = [];

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Listens to what these levels let through, and to nothing else. */
  follow(levels: readonly (LogLevel | undefined)[]): void {
    const most = Math.max(...levels.map((level) => LOG_LEVELS.indexOf(level ?? "silent")));
    const before = this.#stops;
    const stops: (() => void)[] = [];
    const on = <Event>(level: LogLevel, channel: Channel, write: (event: Event) => void): void => {
      if (LOG_LEVELS.indexOf(level) <= most) stops.push(listen(channel, write));
    };
    on<MessageStored>("debug", events.stored, (event) => logStored(this.#loggerOf(event), event));
    on<MessageEnded>("debug", events.ended, (event) => logEnded(this.#loggerOf(event), event));
    on<MessageOver<ExitFacts>>("info", events.over, (event) => logOver(this.#loggerOf(event.ended), event));
    on<ProcessExitedEvent>("warn", events.exited, (event) => logExit(this.#loggerOf(event), event));
    on<AnswerRefused>("warn", events.refused, (event) => logRefused(this.#logger, event));
    on<Fault>("error", events.fault, ({ requestId, error }) =>
      this.#logger.error({ request_id: requestId, err: error }, FAULT),
    );
    this.#stops = stops;
    for (const stop of before) stop();
  }

  /** Listens to nothing any more. */
  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #loggerOf({ logLevel }: { readonly logLevel: LogLevel | undefined }): Logger {
    if (logLevel === undefined) return this.#logger;
    let logger = this.#loggers.get(logLevel);
    if (logger === undefined) {
      logger = this.#logger.child({}, { level: logLevel });
      this.#loggers.set(logLevel, logger);
    }
    return logger;
  }
}

const FAULT = "a fault in urocket itself: please report it";

function logStored(logger: Logger, { requestId, route, verb }: MessageStored): void {
  logger.debug({ request_id: requestId, route, verb }, `I stored the reqid :: ${requestId}`);
}

/** The line of a request waits for the end of its process; meanwhile this one tells. */
function logEnded(logger: Logger, { requestId, route, verb, status, how, queue, record }: MessageEnded): void {
  if (queue === undefined || record !== undefined) return;
  logger.debug({ request_id: requestId, route, verb, status }, `${how} before the end of the process`);
}

function logRefused(logger: Logger, { requestId, code }: AnswerRefused): void {
  logger.warn({ request_id: requestId, code }, `an answer was refused: ${code}`);
}

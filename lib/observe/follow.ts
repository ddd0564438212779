import type { Channel } from "node:diagnostics_channel";
import type { Logger } from "pino";
import { type AnswerRefused, events, type Fault, type MessageEnded, type MessageStored } from "../core/events.ts";
import type { ExitFacts, ProcessExitedEvent } from "./exit-facts.ts";
import { logExit } from "./exit-lines.ts";
import { printable } from "./printable.ts";
import { rounded } from "./rounded.ts";

/**
 * Writes a line for each event. What the level keeps out is not listened to, so that it costs nothing.
 * Returns the function that stops it.
 */
export function follow(logger: Logger): () => void {
  const stops: (() => void)[] = [];
  const on = <Event>(level: string, channel: Channel, write: (event: Event) => void): void => {
    if (!logger.isLevelEnabled(level)) return;
    const listener = (event: unknown): void => write(event as Event);
    channel.subscribe(listener);
    stops.push(() => channel.unsubscribe(listener));
  };
  on<MessageStored>("debug", events.stored, (event) => logStored(logger, event));
  on<MessageEnded<ExitFacts>>("info", events.ended, (event) => logEnded(logger, event));
  on<ProcessExitedEvent>("warn", events.exited, (event) => logExit(logger, event));
  on<AnswerRefused>("warn", events.refused, (event) => logRefused(logger, event));
  on<Fault>("error", events.fault, ({ requestId, error }) =>
    logger.error({ request_id: requestId, err: error }, FAULT),
  );
  return () => {
    for (const stop of stops.splice(0)) stop();
  };
}

const FAULT = "a fault in urocket itself: please report it";

function logStored(logger: Logger, { requestId, route, verb }: MessageStored): void {
  logger.debug({ request_id: requestId, route, verb }, `I stored the reqid :: ${requestId}`);
}

function logEnded(logger: Logger, event: MessageEnded<ExitFacts>): void {
  const { requestId, route, verb, path, status, how, elapsed, record } = event;
  const fields = { request_id: requestId, route, verb, path, status, how, elapsed_ms: rounded(elapsed) };
  const text = `${verb.toUpperCase()} ${printable(path)} ${status} ${how}`;
  logger.info(record === undefined ? fields : { ...fields, ...exitFields(record) }, text);
}

function exitFields({ pid, code, signal, step, errno }: ExitFacts) {
  const known = { child_pid: pid || undefined, exit_code: code ?? undefined, signal: signal ?? undefined };
  return { ...known, step: step ?? undefined, errno: errno ?? undefined };
}

function logRefused(logger: Logger, { requestId, code }: AnswerRefused): void {
  logger.warn({ request_id: requestId, code }, `an answer was refused: ${code}`);
}

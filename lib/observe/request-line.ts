import type { Logger } from "pino";
import type { MessageOver } from "../core/events.ts";
import type { ExitFacts } from "./exit-facts.ts";
import { printable } from "./printable.ts";
import { rounded } from "./rounded.ts";

/** The one line of a request: what came of it, and of its process; neither payloads nor headers nor the query. */
export function logOver(logger: Logger, { ended, record }: MessageOver<ExitFacts>): void {
  if (!logger.isLevelEnabled("info")) return;
  const { requestId, route, verb, path, status, how, answer, elapsed, queue, bytesIn, bytesOut } = ended;
  const identity = { request_id: requestId, route, verb, path, status, how, answer };
  const sizes = { bytes_in: bytesIn, bytes_out: bytesOut };
  const times = { elapsed_ms: rounded(elapsed), queue_ms: queue === undefined ? undefined : rounded(queue) };
  const fields = { ...identity, ...times, ...sizes };
  const text = `${verb.toUpperCase()} ${printable(path)} ${status} ${how}`;
  logger.info(record === undefined ? fields : { ...fields, ...processFields(record) }, text);
}

function processFields({ pid, how, code, signal, step, errno, spawn, run, usage }: ExitFacts) {
  const { utime, stime, maxrss, maxrssExact } = usage;
  const end = { process: how, exit_code: code ?? undefined, signal: signal ?? undefined };
  const failure = { step: step ?? undefined, errno: errno ?? undefined };
  const times = { spawn_ms: rounded(spawn), run_ms: rounded(run) };
  const used = { utime_ms: utime, stime_ms: stime, maxrss: maxrssExact ? maxrss : undefined };
  return { child_pid: pid || undefined, ...end, ...failure, ...times, ...used };
}

import type { Logger } from "pino";
import type { ExitFacts, OutputFacts, ProcessExitedEvent } from "./exit-facts.ts";
import { printable } from "./printable.ts";
import { rounded } from "./rounded.ts";

/** Characters of standard error that the line of a failed process carries: the end tells most. */
const TAIL = 2000;

/** The lines for the end of a process: what it printed where the route asks for it, and how it ended. */
export function logExit(logger: Logger, event: ProcessExitedEvent): void {
  const { record, logOutput } = event;
  if (logOutput) {
    logOutputLines(logger, event, "stdout", record.stdout);
    logOutputLines(logger, event, "stderr", record.stderr);
  }
  const fields = exitFields(event);
  const ending = describeEnd(record);
  if (!failed(record)) logger.debug(fields, `process ended: ${ending}`);
  else logger.warn(logOutput ? fields : { ...fields, stderr: tail(record.stderr) }, `process failed: ${ending}`);
}

/** A process that was killed because its caller left, or at shutdown, did nothing wrong. */
function failed({ how, code }: ExitFacts): boolean {
  return how !== "killed" && (how !== "exit" || code !== 0);
}

/** How a process ended, in words. */
export function describeEnd({ how, code, signal, reason, step, errno }: ExitFacts): string {
  if (how === "spawn-error") return `${errno} from ${step}`;
  const last = signal ?? `exit code ${code}`;
  if (how === "timeout") return `deadline, then ${last}`;
  return how === "killed" ? `${reason}, then ${last}` : last;
}

function exitFields({ requestId, route, verb, record }: ProcessExitedEvent) {
  const { pid, how, code, signal, step, errno, run, usage } = record;
  const { utime: utime_ms, stime: stime_ms } = usage;
  const maxrss = usage.maxrssExact ? usage.maxrss : undefined;
  const ended = { child_pid: pid || undefined, how, exit_code: code ?? undefined, signal: signal ?? undefined };
  const failure = { step: step ?? undefined, errno: errno ?? undefined };
  return { request_id: requestId, route, verb, ...ended, ...failure, run_ms: rounded(run), utime_ms, stime_ms, maxrss };
}

function logOutputLines(logger: Logger, event: ProcessExitedEvent, stream: string, output: OutputFacts): void {
  if (output.bytes === 0 || !logger.isLevelEnabled("info")) return;
  const { requestId: request_id, route, verb } = event;
  const fields = { request_id, route, verb, child_pid: event.record.pid, stream };
  for (const line of lines(output.data)) logger.info(fields, printable(line));
  if (output.truncated) {
    logger.warn({ ...fields, bytes: output.bytes, kept: output.data.length }, `${stream} was longer than what is kept`);
  }
}

function lines(data: Buffer): string[] {
  const all = data.toString("utf8").split(/\r?\n/);
  if (all.at(-1) === "") all.pop();
  return all;
}

/** Undefined, and so absent from the line, when nothing was written. */
function tail(output: OutputFacts): string | undefined {
  const text = output.data.toString("utf8").trimEnd();
  return text === "" ? undefined : text.slice(-TAIL);
}

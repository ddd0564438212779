import type { Reply } from "../core/reply.ts";
import type { ExitRecord, Output } from "../process/types.ts";
import { failureOfExit } from "./exit.ts";
import { micro } from "./micro.ts";
import type { ReplyRule } from "./rule.ts";

/**
 * The reply `report`, the automatic answer: a JSON report of how the process ended and what it printed, with 200 for exit
 * code 0 and 502 otherwise. A process that never ran is a failure like with any other reply.
 */
export function reportReply(): ReplyRule {
  return (record) => {
    const failure = failureOfExit(record);
    // What the machine or the payload was at fault for has a status of its own.
    if (failure !== undefined && failure.code !== "process-failed") return { kind: "failure", failure };
    return { kind: "reply", reply: report(record, failure === undefined ? 200 : 502) };
  };
}

function report(record: ExitRecord, status: number): Reply {
  const { how, code, signal, coreDumped, startedAt, queued, spawn, run } = record;
  const { maxrssExact: maxrss_exact, ...usage } = record.usage;
  const body = {
    ok: status === 200,
    exit: { how, code, signal, core_dumped: coreDumped },
    started_at: new Date(startedAt).toISOString(),
    time_ms: { queued: micro(queued), spawn: micro(spawn), run: micro(run) },
    rusage: { ...usage, maxrss_exact },
    stdout: printed(record.stdout),
    stderr: printed(record.stderr),
  };
  return { status, contentType: "application/json", headers: [], body: JSON.stringify(body) };
}

/** Text where it is UTF-8, base64 otherwise. `bytes` counts what was printed, which may be more than is shown. */
function printed({ data, bytes, truncated }: Output) {
  const text = decode(data, truncated);
  const shown = text === undefined ? { base64: data.toString("base64") } : { text };
  return { ...shown, bytes, truncated };
}

function decode(data: Buffer, truncated: boolean): string | undefined {
  try {
    // The cut may have gone through a character: as a stream, its beginning is left out and not a fault.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data, { stream: truncated });
  } catch {
    return undefined;
  }
}

import { verbatim } from "../core/reply.ts";
import type { ExitRecord } from "../process/types.ts";
import { failureOfExit } from "./exit.ts";
import type { Failure } from "./failure.ts";
import { failed, type ReplyRule } from "./rule.ts";

/** For bytes of no stated type (RFC 9110, 8.3). */
const UNKNOWN_TYPE = "application/octet-stream";

/** The reply `stdout`: a process that ends with 0 has printed its answer. */
export function stdoutReply(contentType = UNKNOWN_TYPE): ReplyRule {
  return (record) =>
    failed(failureOfExit(record) ?? tooMuchOutput(record), () => {
      return { kind: "reply", reply: verbatim(200, contentType, record.stdout.data) };
    });
}

/** The failure of a process that printed more than was kept; an answer with its end missing is none. */
export function tooMuchOutput({ stdout }: ExitRecord): Failure | undefined {
  if (!stdout.truncated) return undefined;
  const limit = stdout.data.length;
  const detail = `expected an answer of at most ${limit} bytes, got ${stdout.bytes}`;
  return { code: "answer-refused", detail, extras: { limit } };
}

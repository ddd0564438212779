import { type Reply, verbatim } from "../core/reply.ts";
import type { ExitRecord } from "../process/types.ts";
import { failureOfExit } from "./exit.ts";
import type { Failure } from "./failure.ts";

/** The caller's reply for a body that was posted on the socket: passed on as it is. */
export function replyOfPost(contentType: string | undefined, body: Buffer): Reply {
  return verbatim(200, contentType, body);
}

/**
 * What becomes of a message whose process ended before anybody posted: a failure, or undefined to go on waiting,
 * for a process that ended well may have handed the work on to somebody who answers later.
 */
export function endWithoutPost(record: ExitRecord, onExit: "wait" | "error"): Failure | undefined {
  const failure = failureOfExit(record);
  if (failure !== undefined || onExit === "wait") return failure;
  return {
    code: "process-unanswered",
    detail: "expected an answer before the process ends, got exit code 0 without one",
    extras: { exit_code: 0 },
  };
}

/** For a caller whose process posted more than the limit. */
export function oversizedPost(limit: number): Failure {
  return {
    code: "answer-refused",
    detail: `expected an answer of at most ${limit} bytes, got more`,
    extras: { limit },
  };
}

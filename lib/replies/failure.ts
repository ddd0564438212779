import { ERRORS, type ErrorCode, UrocketError } from "../core/errors.ts";
import { type ProblemExtras, problem } from "../core/problem.ts";
import type { Reply } from "../core/reply.ts";

/** Why a message gets no answer, before it is turned into the caller's problem document. */
export interface Failure {
  readonly code: ErrorCode;
  /** What was expected and what came, this time. */
  readonly detail: string;
  readonly extras?: ProblemExtras | undefined;
  readonly headers?: Reply["headers"] | undefined;
}

/**
 * For callers who may come again. Seconds: how long a line or a full machine takes is anybody's guess; one second spreads
 * those who ask again, and costs them little.
 */
export const RETRY_AFTER: NonNullable<Failure["headers"]> = [["retry-after", "1"]];

/** The problem document for a failure. */
export function failureReply(failure: Failure, requestId: string): Reply {
  return problem(failure.code, failure.detail, requestId, failure.extras, failure.headers);
}

/** The failure that an exception stands for; undefined when it is none that a caller should read of. */
export function failureOfError(error: unknown): Failure | undefined {
  if (!(error instanceof UrocketError)) return undefined;
  if (error.code === "supervisor-closed") return SHUTTING_DOWN;
  // A user that this system does not know, say: found when the first process is to be started.
  if (error.code === "spawn-spec-invalid") {
    return { code: "spawn-failed", detail: error.message, extras: { step: "specification" } };
  }
  if (ERRORS[error.code].status === 0) return undefined;
  return { code: error.code, detail: error.message };
}

/** For whoever comes, or still waits, when the gateway ends. */
export const SHUTTING_DOWN: Failure = {
  code: "shutting-down",
  detail: "expected a gateway at work, got one that ends",
};

/** For faults of our own: the caller learns the request id, the log has the rest. */
export const INTERNAL_ERROR: Failure = { code: "internal-error", detail: "the log tells more under this request id" };

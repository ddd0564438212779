import { reportFault } from "../core/events.ts";
import { type Failure, failureOfError, INTERNAL_ERROR } from "../replies/failure.ts";

/** What a caller is told of an exception. One that is a fault of our own is reported; the caller only learns that it was. */
export function explained(error: unknown, requestId: string): Failure {
  const failure = failureOfError(error);
  if (failure === undefined) reportFault(error, requestId);
  return failure ?? INTERNAL_ERROR;
}

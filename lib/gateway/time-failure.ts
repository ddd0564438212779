import type { Failure } from "../replies/failure.ts";

/** For a caller whose process ran into its deadline. Times in milliseconds. */
export function processTimeout(timeout: number): Failure {
  const detail = `expected the process to answer within ${timeout} ms, got its deadline`;
  return { code: "process-timeout", detail, extras: { timeout_ms: timeout } };
}

/** For a caller for whom nobody answered after its process had ended well. */
export function replyTimeout(timeout: number): Failure {
  const detail = `expected an answer within ${timeout} ms, got none after the process ended with exit code 0`;
  return { code: "reply-timeout", detail, extras: { timeout_ms: timeout } };
}

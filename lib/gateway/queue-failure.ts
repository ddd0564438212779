import { type Failure, RETRY_AFTER } from "../replies/failure.ts";
import type { Admission } from "./admission.ts";

/** For a caller who came when the line was full. */
export function queueFull({ waiting, running }: Pick<Admission, "waiting" | "running">): Failure {
  const detail = `expected room in the line, got ${waiting} messages that wait and ${running} processes that run`;
  return { code: "queue-full", detail, headers: RETRY_AFTER };
}

/** For a caller whose time in line is over. */
export function queueTimeout({ waiting }: Pick<Admission, "waiting">, timeout: number): Failure {
  const detail = `expected a free slot within ${timeout} ms, got none with ${waiting} messages that wait`;
  return { code: "queue-timeout", detail, extras: { timeout_ms: timeout }, headers: RETRY_AFTER };
}

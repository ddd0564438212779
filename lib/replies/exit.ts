import type { ExitRecord } from "../process/types.ts";
import { type Failure, RETRY_AFTER, SHUTTING_DOWN } from "./failure.ts";

/**
 * What the end of a process means for a caller who has no answer yet.
 * Undefined for a process that ended with 0: it did what it was asked to, and the reply decides what that is worth.
 * Standard error is never part of it: it is for the log.
 */
export function failureOfExit(record: ExitRecord): Failure | undefined {
  switch (record.how) {
    case "exit":
      return record.code === 0 ? undefined : byCode(record.code ?? 0);
    case "signal":
      return bySignal(record.signal ?? "unknown");
    case "timeout":
      return { code: "process-timeout", detail: "expected the process to answer in time, got its deadline" };
    case "killed":
      // A gateway that kills has told the caller before; what remains is an operator, or a supervisor that was closed.
      return record.reason === BY_OPERATOR ? KILLED : SHUTTING_DOWN;
    case "spawn-error":
      return failedSpawn(record.step ?? "unknown", record.errno ?? "unknown");
    case "lost":
      return { code: "process-failed", detail: "expected an answer or exit code 0, got an end that nobody saw" };
  }
}

/** The reason of a kill that an operator asked for. */
export const BY_OPERATOR = "killed by an operator";

const KILLED: Failure = {
  code: "process-failed",
  detail: "expected an answer or exit code 0, got a process that an operator ended",
};

function byCode(code: number): Failure {
  return {
    code: "process-failed",
    detail: `expected an answer or exit code 0, got exit code ${code}`,
    extras: { exit_code: code },
  };
}

function bySignal(signal: string): Failure {
  return {
    code: "process-failed",
    detail: `expected an answer or exit code 0, got ${signal}`,
    extras: { signal },
  };
}

/** Errnos that pass: the machine, or a limit on it, is full just now. */
const PASSING = new Set(["EAGAIN", "EMFILE", "ENFILE", "ENOMEM"]);

function failedSpawn(step: string, errno: string): Failure {
  const extras = { step, errno };
  const detail = `expected the process to start, got ${errno} from ${step}`;
  if (PASSING.has(errno)) return { code: "spawn-unavailable", detail, extras, headers: RETRY_AFTER };
  if (errno === "E2BIG") return { code: "payload-too-large", detail, extras };
  return { code: "spawn-failed", detail, extras };
}

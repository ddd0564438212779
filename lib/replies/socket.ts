import { failureOfExit } from "./exit.ts";
import type { Failure } from "./failure.ts";
import { reportReply } from "./report.ts";
import type { ReplyRule } from "./rule.ts";
import { failed } from "./rule.ts";

/** What becomes of a caller whose process ended with 0 without an answer. */
export type OnExit = "wait" | "error" | "report";

/**
 * The reply `socket`: the answer is posted. A process that ended well without one may have handed the work on to somebody
 * who answers later (`wait`), or has failed its caller (`error`), or is answered for with a report (`report`).
 */
export function socketReply(onExit: OnExit): ReplyRule {
  if (onExit === "report") return reportReply();
  return (record) =>
    failed(failureOfExit(record), () =>
      onExit === "wait" ? { kind: "wait" } : { kind: "failure", failure: UNANSWERED },
    );
}

/** For a caller whose process posted more than the limit. */
export function oversizedPost(limit: number): Failure {
  return {
    code: "answer-refused",
    detail: `expected an answer of at most ${limit} bytes, got more`,
    extras: { limit },
  };
}

const UNANSWERED: Failure = {
  code: "process-unanswered",
  detail: "expected an answer before the process ends, got exit code 0 without one",
  extras: { exit_code: 0 },
};

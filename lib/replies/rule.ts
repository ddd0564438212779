import type { Reply } from "../core/reply.ts";
import type { ExitRecord } from "../process/types.ts";
import type { Failure } from "./failure.ts";

/** What the end of a process means for a caller who has no answer yet. */
export type Verdict =
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "failure"; readonly failure: Failure }
  /** Somebody else may still answer. */
  | { readonly kind: "wait" };

/**
 * How the answer comes out of a process that ended before anybody posted one: the part of a reply that routes differ in.
 * A posted answer is taken whatever the rule, for whoever answers first has answered.
 */
export type ReplyRule = (record: ExitRecord) => Verdict;

/** The verdict for a failure; `otherwise` where there is none. */
export function failed(failure: Failure | undefined, otherwise: () => Verdict): Verdict {
  return failure === undefined ? otherwise() : { kind: "failure", failure };
}

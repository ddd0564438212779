import { VERBS } from "../../core/message.ts";

/** The path key, or one word for all that callers make up. */
export function routeLabel(route: string | undefined): string {
  return route ?? "unmatched";
}

/** The method as HTTP spells it; one word for all that callers make up. */
export function methodLabel(verb: string): string {
  return METHODS.get(verb) ?? "OTHER";
}

const METHODS = new Map<string, string>(VERBS.map((verb) => [verb, verb.toUpperCase()]));

/** The status; of a caller that left before any the one that servers log for it. */
export function statusLabel(status: number): string {
  return status === 0 ? "499" : String(status);
}

import { printable } from "./show.ts";
import type { Fault } from "./types.ts";

/** As many faults as one result tells of: a caller corrects a few at a time, and an answer has to stay small. */
export const MOST_FAULTS = 100;

/** A fault as one line: `expected query limit to be an integer, got "abc"`. */
export function describeFault({ in: place, name, pointer, expected, got }: Fault): string {
  const subject = [place, name, pointer].filter((part) => part !== undefined && part !== "").join(" ");
  // Names in a pointer are those that a stranger chose.
  return `expected ${printable(subject)} to be ${expected}, got ${got}`;
}

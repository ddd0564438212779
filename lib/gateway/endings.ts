import type { ErrorCode } from "../core/errors.ts";

/** How a message ended, as a late poster is told. */
export type Ending = "answered" | "timed-out" | "failed" | "caller-left" | "shut-down";

/** Entries in one generation: with two of them, some ten megabytes at most. */
const GENERATION = 65_536;

/**
 * Remembers how the last messages ended: at least the last `generation`, at most twice as many.
 * Two generations of Maps, the older one dropped whole, so that remembering and forgetting both take constant time.
 */
export class Endings {
  readonly #generation: number;
  #young = new Map<string, Ending>();
  #old = new Map<string, Ending>();

  constructor(generation = GENERATION) {
    this.#generation = generation;
  }

  /** Notes the end of `id`. */
  note(id: string, ending: Ending): void {
    if (this.#young.size >= this.#generation) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(id, ending);
  }

  /** How `id` ended; undefined when it never lived here, lives still, or ended long ago. */
  recall(id: string): Ending | undefined {
    return this.#young.get(id) ?? this.#old.get(id);
  }
}

/** How a message ended that failed with this code. */
export function endingOf(code: ErrorCode): Ending {
  if (code === "process-timeout" || code === "reply-timeout") return "timed-out";
  return code === "shutting-down" ? "shut-down" : "failed";
}

import type { ErrorCode } from "../core/errors.ts";

/** How a message ended, as a late poster is told. */
export type Ending = "answered" | "timed-out" | "failed" | "caller-left" | "shut-down";

/** Entries in one generation: with two of them, some ten megabytes at most. */
const GENERATION = 65_536;

/**
 * Remembers how the last messages ended: at least the last `generation`, at most twice as many.
 * Two generations, the older one dropped whole, so that remembering and forgetting both take constant time.
 */
export class Endings {
  readonly #generation: number;
  #young = new Generation();
  #old = new Generation();

  constructor(generation = GENERATION) {
    this.#generation = generation;
  }

  /** Notes the end of `id`. */
  note(id: string, ending: Ending): void {
    if (this.#young.size >= this.#generation) {
      this.#old = this.#young;
      this.#young = new Generation();
    }
    this.#young.note(id, ending);
  }

  /** How `id` ended; undefined when it never lived here, lives still, or ended long ago. */
  recall(id: string): Ending | undefined {
    return this.#young.recall(id) ?? this.#old.recall(id);
  }
}

/**
 * Every message is noted and hardly any is asked for, so notes are lists, which a Map is made of when somebody asks: an
 * entry in a large Map costs several times as much as one at the end of a list (bench: matching).
 */
class Generation {
  readonly #ids: string[] = [];
  readonly #endings: Ending[] = [];
  readonly #places = new Map<string, number>();
  /** How many of the ids have their place in the Map. */
  #indexed = 0;

  get size(): number {
    return this.#ids.length;
  }

  note(id: string, ending: Ending): void {
    this.#ids.push(id);
    this.#endings.push(ending);
  }

  recall(id: string): Ending | undefined {
    for (; this.#indexed < this.#ids.length; this.#indexed++) {
      this.#places.set(this.#ids[this.#indexed] as string, this.#indexed);
    }
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.#endings[place];
  }
}

/** How a message ended that failed with this code. */
export function endingOf(code: ErrorCode): Ending {
  if (code === "process-timeout" || code === "reply-timeout") return "timed-out";
  return code === "shutting-down" ? "shut-down" : "failed";
}

/** Text taken apart: one text, texts in order, or texts by name; or a value that needs no more reading. */
export type Tree = string | readonly Tree[] | ReadonlyMap<string, Tree> | Ready;

/** A value that was written in a notation of its own, such as JSON. */
export class Ready {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

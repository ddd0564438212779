/** Where one entry of a map or list stands in the text, as offsets. */
export interface Place {
  /** Its name in messages: the key as the author spelled it, or `env[2]`. */
  readonly name: string;
  readonly key: number;
  /** Start and end of the value; the key again when there is no value. */
  readonly value: number;
  readonly end: number;
}

/** Remembers the places of entries by the map or list that holds them, so that plain data stays plain. */
export class Places {
  readonly #text: string;
  readonly #entries = new WeakMap<object, Map<string, Place>>();

  constructor(text: string) {
    this.#text = text;
  }

  set(holder: object, key: string, place: Place): void {
    const entries = this.#entries.get(holder);
    if (entries === undefined) this.#entries.set(holder, new Map([[key, place]]));
    else entries.set(key, place);
  }

  get(holder: object, key: string): Place | undefined {
    return this.#entries.get(holder)?.get(key);
  }

  /** Offset in the text of the `at`th character of a string; its start when the text spells it with escapes or folds. */
  inside(place: Place, value: string, at: number): number {
    const start = this.#text.slice(place.value, place.end).indexOf(value);
    return start < 0 ? place.value : place.value + start + at;
  }
}

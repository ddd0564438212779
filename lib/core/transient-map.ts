/**
 * A Map for entries that come and go by the thousand, with the part of Map's interface that they need.
 *
 * A Map of V8 that has no room left moves to a larger table, and its old table names the new one, for iterators that are
 * under way. An old table that has grown old itself is only collected with the whole heap, and until then all that came
 * after it counts as alive: every entry would survive until then (`node --trace-gc-nvp`: a tenth to a fifth of all that
 * is allocated). So the Map holds numbers only, and the values are in a list.
 */
export class TransientMap<Key, Value> {
  readonly #places = new Map<Key, number>();
  readonly #values: (Value | undefined)[] = [];
  readonly #free: number[] = [];

  get size(): number {
    return this.#places.size;
  }

  has(key: Key): boolean {
    return this.#places.has(key);
  }

  get(key: Key): Value | undefined {
    const place = this.#places.get(key);
    return place === undefined ? undefined : this.#values[place];
  }

  set(key: Key, value: Value): void {
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.#free.pop() ?? this.#values.length;
      this.#places.set(key, place);
    }
    this.#values[place] = value;
  }

  /** False when there was no such entry. */
  delete(key: Key): boolean {
    const place = this.#places.get(key);
    if (place === undefined) return false;
    this.#places.delete(key);
    this.#values[place] = undefined;
    this.#free.push(place);
    return true;
  }

  /** In the order in which their keys came. */
  *values(): IterableIterator<Value> {
    for (const place of this.#places.values()) yield this.#values[place] as Value;
  }
}

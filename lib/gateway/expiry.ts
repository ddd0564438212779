import { LONGEST_DELAY } from "../core/delay.ts";

/** Something with a deadline. The two fields belong to the {@link Expiry} while the item is in it. */
export interface Expiring {
  /** When it expires, in milliseconds of `performance.now()`. */
  expiresAt: number;
  /** Its place in the heap; -1 when it is in none. */
  heapIndex: number;
  /** The deadline passed; the item is out of the heap already. */
  onExpired(): void;
}

/** One timer for any number of deadlines: a binary heap, and a timeout for its first item. */
export class Expiry {
  readonly #heap: Expiring[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** The deadline the timer is set for. */
  #armedFor = Number.POSITIVE_INFINITY;

  get size(): number {
    return this.#heap.length;
  }

  /** Enters `item`, to expire at `expiresAt`. */
  add(item: Expiring, expiresAt: number): void {
    item.expiresAt = expiresAt;
    this.#heap.push(item);
    this.#rise(item, this.#heap.length - 1);
    if (this.#heap.length === 1) this.#timer?.ref();
    this.#arm();
  }

  /** Takes `item` out; nothing happens when it is in no heap. */
  remove(item: Expiring): void {
    const index = item.heapIndex;
    if (index === -1) return;
    item.heapIndex = -1;
    const last = this.#heap.pop();
    // The timer stays for whoever comes next; nobody's deadline is no reason for a program to stay.
    if (this.#heap.length === 0) this.#timer?.unref();
    if (last === undefined || last === item) return;
    this.#sink(last, index);
    this.#rise(last, last.heapIndex);
  }

  /** Forgets every deadline without calling anybody. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#armedFor = Number.POSITIVE_INFINITY;
    for (const item of this.#heap) item.heapIndex = -1;
    this.#heap.length = 0;
  }

  /** Sets the timer for the first item. One that fires for an item taken out meanwhile is harmless: it looks and re-arms. */
  #arm(): void {
    const first = this.#heap[0];
    if (first === undefined || first.expiresAt >= this.#armedFor) return;
    clearTimeout(this.#timer);
    this.#armedFor = first.expiresAt;
    // A later deadline than a timer reaches is looked at again by then.
    const delay = Math.ceil(first.expiresAt - performance.now());
    this.#timer = setTimeout(this.#onTimer, Math.min(Math.max(delay, 0), LONGEST_DELAY));
  }

  readonly #onTimer = (): void => {
    this.#armedFor = Number.POSITIVE_INFINITY;
    const now = performance.now();
    for (let first = this.#heap[0]; first !== undefined && first.expiresAt <= now; first = this.#heap[0]) {
      this.remove(first);
      first.onExpired();
    }
    this.#arm();
  };

  #rise(item: Expiring, from: number): void {
    let index = from;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = this.#heap[above] as Expiring;
      if (parent.expiresAt <= item.expiresAt) break;
      this.#place(parent, index);
      index = above;
    }
    this.#place(item, index);
  }

  #sink(item: Expiring, from: number): void {
    let index = from;
    for (;;) {
      const left = this.#heap[2 * index + 1];
      const right = this.#heap[2 * index + 2];
      const smaller = right !== undefined && left !== undefined && right.expiresAt < left.expiresAt ? right : left;
      if (smaller === undefined || smaller.expiresAt >= item.expiresAt) break;
      const below = smaller.heapIndex;
      this.#place(smaller, index);
      index = below;
    }
    this.#place(item, index);
  }

  #place(item: Expiring, index: number): void {
    this.#heap[index] = item;
    item.heapIndex = index;
  }
}

import { TransientMap } from "../core/transient-map.ts";
import { type Ending, Endings } from "./endings.ts";

/** Request id → whoever waits under it, and for a while how those ended that no longer wait. */
export class PendingTable<Waiter> {
  readonly #waiting = new TransientMap<string, Waiter>();
  readonly #endings: Endings;

  constructor(endings = new Endings()) {
    this.#endings = endings;
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Enters a waiter. Ids are unique: two waiters under one id would mean an answer for the wrong caller. */
  add(id: string, waiter: Waiter): void {
    if (this.#waiting.has(id)) throw new Error(`expected a fresh request id, got ${id} a second time`);
    this.#waiting.set(id, waiter);
  }

  /** Who waits under `id`: the one look-up that matching costs. */
  get(id: string): Waiter | undefined {
    return this.#waiting.get(id);
  }

  /** Takes the waiter out. False when it had ended before: whoever comes second has nothing to end. */
  end(id: string, ending: Ending): boolean {
    if (!this.#waiting.delete(id)) return false;
    this.#endings.note(id, ending);
    return true;
  }

  /** How an id ended that waits no longer; undefined for one never seen, or forgotten. */
  recall(id: string): Ending | undefined {
    return this.#endings.recall(id);
  }
}

import type { ExitRecord } from "./types.ts";

/** Exit records by request id, each for `keep` milliseconds after the end; of more than `most` the oldest go first. */
export class RecentRecords {
  readonly #keep: number;
  readonly #half: number;
  // Two generations: forgetting is dropping the older map, so that neither a timer nor a search for the oldest is needed.
  #young = new Map<string, Kept>();
  #old = new Map<string, Kept>();
  #turned = 0;

  constructor(keep: number, most: number) {
    this.#keep = keep;
    this.#half = most / 2;
  }

  add(requestId: string, record: ExitRecord): void {
    if (this.#keep === 0 || this.#half === 0) return;
    const now = performance.now();
    if (now - this.#turned > this.#keep || this.#young.size >= Math.floor(this.#half)) {
      // One record has no half: it makes place for the next.
      this.#old = this.#half < 1 ? new Map() : this.#young;
      this.#young = new Map();
      this.#turned = now;
    }
    this.#young.set(requestId, { record, until: now + this.#keep });
  }

  get(requestId: string): ExitRecord | undefined {
    const kept = this.#young.get(requestId) ?? this.#old.get(requestId);
    return kept !== undefined && performance.now() <= kept.until ? kept.record : undefined;
  }
}

interface Kept {
  readonly record: ExitRecord;
  readonly until: number;
}

import type { ExitRecord } from "./types.ts";

/** How much of the past is kept. */
export interface RecentBounds {
  /** Milliseconds that a record is kept for. */
  readonly keep: number;
  /** Records at most. */
  readonly most: number;
  /** Bytes of captured output at most, in all records together. */
  readonly mostBytes: number;
}

/** Exit records by request id for a while after the end; of too many the oldest go first. */
export class RecentRecords {
  readonly #keep: number;
  readonly #mostBytes: number;
  readonly #half: number;
  // Two generations: forgetting is dropping the older map, so that no search for the oldest is needed.
  #young = new Map<string, Kept>();
  #youngBytes = 0;
  #old = new Map<string, Kept>();
  #timer: NodeJS.Timeout | undefined;

  constructor({ keep, most, mostBytes }: RecentBounds) {
    this.#keep = keep;
    this.#half = most / 2;
    this.#mostBytes = mostBytes;
  }

  add(requestId: string, record: ExitRecord): void {
    const bytes = record.stdout.data.length + record.stderr.data.length;
    if (this.#keep === 0 || this.#half === 0 || bytes > this.#mostBytes) return;
    if (this.#young.size >= Math.floor(this.#half) || this.#youngBytes + bytes > this.#mostBytes / 2) {
      this.#turn(bytes);
    }
    this.#young.set(requestId, { record, until: performance.now() + this.#keep });
    this.#youngBytes += bytes;
    this.#timer ??= this.#startTimer();
  }

  get(requestId: string): ExitRecord | undefined {
    const kept = this.#young.get(requestId) ?? this.#old.get(requestId);
    return kept !== undefined && performance.now() <= kept.until ? kept.record : undefined;
  }

  /** Forgets the older generation, and the younger one as well where the next record needs its room. */
  #turn(next: number): void {
    const room = this.#half >= 1 && this.#youngBytes + next <= this.#mostBytes;
    this.#old = room ? this.#young : new Map();
    this.#young = new Map();
    this.#youngBytes = 0;
  }

  /** When nothing more is added, what is kept has to go all the same. */
  #startTimer(): NodeJS.Timeout {
    return setTimeout(
      () => {
        this.#turn(0);
        this.#timer = this.#old.size > 0 ? this.#startTimer() : undefined;
      },
      Math.min(this.#keep, LONGEST_TIMER),
    ).unref();
  }
}

const LONGEST_TIMER = 2 ** 31 - 1;

interface Kept {
  readonly record: ExitRecord;
  readonly until: number;
}

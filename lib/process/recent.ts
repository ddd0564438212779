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
  #oldBytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ keep, most, mostBytes }: RecentBounds) {
    this.#keep = keep;
    this.#half = most / 2;
    this.#mostBytes = mostBytes;
  }

  add(requestId: string, record: ExitRecord): void {
    const bytes = record.stdout.data.length + record.stderr.data.length;
    if (this.#keep === 0 || this.#half === 0 || bytes > this.#mostBytes) return;
    if (this.#young.size >= Math.floor(this.#half) || this.#youngBytes + bytes > this.#mostBytes / 2) this.#turn();
    if (this.#oldBytes + this.#youngBytes + bytes > this.#mostBytes) this.#forgetOld();
    this.#young.set(requestId, { record, until: performance.now() + this.#keep });
    this.#youngBytes += bytes;
    this.#timer ??= this.#startTimer();
  }

  get(requestId: string): ExitRecord | undefined {
    const kept = this.#young.get(requestId) ?? this.#old.get(requestId);
    return kept !== undefined && performance.now() <= kept.until ? kept.record : undefined;
  }

  /** The younger generation becomes the older one. Of one record there is no half: it makes place for the next. */
  #turn(): void {
    this.#old = this.#half < 1 ? new Map() : this.#young;
    this.#oldBytes = this.#half < 1 ? 0 : this.#youngBytes;
    this.#young = new Map();
    this.#youngBytes = 0;
  }

  #forgetOld(): void {
    this.#old = new Map();
    this.#oldBytes = 0;
  }

  /** When nothing more is added, what is kept has to go all the same. */
  #startTimer(): NodeJS.Timeout {
    return setTimeout(
      () => {
        this.#turn();
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

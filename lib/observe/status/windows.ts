import { BUCKETS } from "./buckets.ts";

/** What was counted in one stretch of time. */
export interface Window {
  /** Number of the stretch since the start of this program; -1 before its first use. */
  epoch: number;
  requests: number;
  failures: number;
  /** Replies by bucket of their latency. */
  readonly latencies: Uint32Array;
}

/**
 * Counts of the last stretches of time, in a ring that is written over and never grows. No timer turns it: whoever counts
 * first in a new stretch clears the place of the oldest.
 */
export class Windows {
  readonly #width: number;
  readonly #ring: Window[];

  /** So many stretches, `width` milliseconds each. */
  constructor(windows: number, width: number) {
    this.#width = width;
    this.#ring = Array.from({ length: windows }, () => {
      return { epoch: -1, requests: 0, failures: 0, latencies: new Uint32Array(BUCKETS) };
    });
  }

  /** The stretch of a time in milliseconds of `performance.now()`, to count in. */
  at(time: number): Window {
    const epoch = this.epochOf(time);
    const window = this.#ring[epoch % this.#ring.length] as Window;
    if (window.epoch !== epoch) {
      window.epoch = epoch;
      window.requests = 0;
      window.failures = 0;
      window.latencies.fill(0);
    }
    return window;
  }

  /** The stretch of this number; undefined where nothing was counted in it. */
  find(epoch: number): Window | undefined {
    const window = this.#ring[epoch % this.#ring.length];
    return window?.epoch === epoch ? window : undefined;
  }

  epochOf(time: number): number {
    return Math.floor(time / this.#width);
  }
}

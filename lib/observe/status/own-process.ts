import { monitorEventLoopDelay } from "node:perf_hooks";
import type { StatusSelf } from "./types.ts";

/** Looks at this process itself. What it tells of the time since it was last asked is kept for most of a second. */
export class OwnProcess {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  #sampledAt = performance.now();
  #cpu = process.cpuUsage();
  #last = { cpu: 0, loopDelay: 0 };

  constructor() {
    this.#delay.enable();
  }

  figures(): StatusSelf {
    const now = performance.now();
    if (now - this.#sampledAt >= FRESH) {
      const { user, system } = process.cpuUsage(this.#cpu);
      // It counts from one look to the next, so that what it looks at every so often is no delay.
      const loopDelay = Math.max(0, this.#delay.percentile(99) / 1e6 - RESOLUTION);
      this.#last = { cpu: (user + system) / 1000 / (now - this.#sampledAt), loopDelay };
      this.#cpu = process.cpuUsage();
      this.#sampledAt = now;
      this.#delay.reset();
    }
    return { pid: process.pid, rss: process.memoryUsage.rss(), ...this.#last };
  }

  close(): void {
    this.#delay.disable();
  }
}

/** Milliseconds: two who ask at the same time are told the same. */
const FRESH = 900;

/** Milliseconds between two looks at the event loop. */
const RESOLUTION = 10;

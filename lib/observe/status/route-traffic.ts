import type { UsageFacts } from "../exit-facts.ts";
import { BUCKETS, percentile } from "./buckets.ts";
import type { StatusRoute } from "./types.ts";
import { Windows } from "./windows.ts";

/** What is counted of one route and verb. */
export class RouteTraffic {
  failures = 0;
  #requests = 0;
  #cpuUser = 0;
  #cpuSystem = 0;
  #maxrss: number | null = null;
  /** Made with the first request: a configuration may have many routes that nobody asks for. */
  #windows: Windows | undefined;

  replied(now: number, bucket: number): void {
    this.#requests++;
    this.#windows ??= new Windows(WINDOWS, WIDTH);
    const window = this.#windows.at(now);
    window.requests++;
    window.latencies[bucket] = (window.latencies[bucket] ?? 0) + 1;
  }

  /** One of its processes ended. */
  used({ utime, stime, maxrss, maxrssExact }: UsageFacts): void {
    this.#cpuUser += utime;
    this.#cpuSystem += stime;
    if (maxrssExact) this.seen(maxrss);
  }

  /** One of its processes had so much memory. While it runs that is known also of small ones. */
  seen(maxrss: number): void {
    // A zombie has none.
    if (maxrss === 0) return;
    this.#maxrss = Math.max(this.#maxrss ?? 0, maxrss);
  }

  figures(now: number): Omit<StatusRoute, "route" | "verb" | "running" | "waiting"> {
    const totals = { requests: this.#requests, failures: this.failures };
    const used = { cpuUser: this.#cpuUser, cpuSystem: this.#cpuSystem, maxrss: this.#maxrss };
    return { ...totals, ...this.#lately(now), ...used };
  }

  #lately(now: number) {
    const last = Math.floor(now / WIDTH);
    const first = Math.max(0, last - WINDOWS + 1);
    const latencies = new Uint32Array(BUCKETS);
    let requests = 0;
    for (let epoch = first; epoch <= last; epoch++) {
      const window = this.#windows?.find(epoch);
      if (window === undefined) continue;
      requests += window.requests;
      for (let n = 0; n < BUCKETS; n++) latencies[n] = (latencies[n] ?? 0) + (window.latencies[n] ?? 0);
    }
    const rate = (requests / (now - first * WIDTH)) * 1000;
    return { rate, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
  }
}

/** Six of ten seconds: the last minute, but for the part of its oldest window that is gone already. */
const WINDOWS = 6;
const WIDTH = 10_000;

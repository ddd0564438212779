import type { RouteLoad } from "../metrics/pulled.ts";
import { bucketOf, percentile } from "./buckets.ts";
import { RouteTraffic } from "./route-traffic.ts";
import type { StatusRoute, StatusSecond } from "./types.ts";
import { Windows } from "./windows.ts";

/** A reply that a caller got, or would have got had it stayed. */
export interface Counted {
  readonly route: string | undefined;
  readonly verb: string;
  readonly elapsed: number;
}

/** Counts replies and failures, by second and by route. */
export class Traffic {
  requests = 0;
  failures = 0;
  /** One more than is shown, for the second that is not over yet. */
  readonly #seconds = new Windows(SECONDS + 1, 1000);
  readonly #routes = new Map<string, RouteTraffic>();
  readonly #loads: () => readonly RouteLoad[];

  /** `loads` tells which routes are in force, and what runs and waits there. */
  constructor(loads: () => readonly RouteLoad[]) {
    this.#loads = loads;
  }

  replied({ route, verb, elapsed }: Counted): void {
    const now = performance.now();
    const bucket = bucketOf(elapsed);
    const second = this.#seconds.at(now);
    this.requests++;
    second.requests++;
    second.latencies[bucket] = (second.latencies[bucket] ?? 0) + 1;
    if (route !== undefined) this.of(route, verb).replied(now, bucket);
  }

  failed({ route, verb }: Counted): void {
    this.failures++;
    this.#seconds.at(performance.now()).failures++;
    if (route !== undefined) this.of(route, verb).failures++;
  }

  /** What is counted of a route. */
  of(route: string, verb: string): RouteTraffic {
    const key = keyOf(route, verb);
    let traffic = this.#routes.get(key);
    if (traffic === undefined) {
      this.#forget();
      traffic = new RouteTraffic();
      this.#routes.set(key, traffic);
    }
    return traffic;
  }

  /** The last whole seconds, oldest first. */
  seconds(): StatusSecond[] {
    const current = this.#seconds.epochOf(performance.now());
    const first = Math.max(0, current - SECONDS);
    return Array.from({ length: current - first }, (_, n) => this.#second(first + n));
  }

  /** Every route in force. */
  routes(): StatusRoute[] {
    const now = performance.now();
    return this.#loads().map(({ route, verb, running, waiting }) => {
      const traffic = this.#routes.get(keyOf(route, verb)) ?? UNUSED;
      return { route, verb, ...traffic.figures(now), running, waiting };
    });
  }

  #second(epoch: number): StatusSecond {
    const at = performance.timeOrigin + epoch * 1000;
    const window = this.#seconds.find(epoch);
    if (window === undefined) return { at, requests: 0, failures: 0, p50: null, p90: null, p99: null };
    const { requests, failures, latencies } = window;
    const [p50, p90, p99] = [0.5, 0.9, 0.99].map((share) => percentile(latencies, share)) as [number, number, number];
    return { at, requests, failures, p50, p90, p99 };
  }

  /** Lets go of routes that a reload took away: each new one may stand for an old one. */
  #forget(): void {
    const known = new Set(this.#loads().map(({ route, verb }) => keyOf(route, verb)));
    for (const key of this.#routes.keys()) if (!known.has(key)) this.#routes.delete(key);
  }
}

const SECONDS = 60;

const UNUSED = new RouteTraffic();

function keyOf(route: string, verb: string): string {
  return `${verb} ${route}`;
}

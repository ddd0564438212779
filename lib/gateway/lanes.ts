import { Lane } from "./admission.ts";
import type { Route } from "./route.ts";

/** The lane of each route. A route that comes again with a reload keeps its lane, and with it what runs and waits there. */
export class Lanes {
  #byRoute = new Map<Route, Lane>();

  constructor(routes: readonly Route[]) {
    this.use(routes);
  }

  use(routes: readonly Route[]): void {
    const known = new Map([...this.#byRoute].map(([route, lane]) => [keyOf(route), lane]));
    this.#byRoute = new Map(
      routes.map((route) => {
        const lane = known.get(keyOf(route)) ?? new Lane();
        lane.concurrency = route.concurrency ?? Number.POSITIVE_INFINITY;
        return [route, lane];
      }),
    );
  }

  /** What runs and waits now, by route. */
  figures(): RouteFigures[] {
    return Array.from(this.#byRoute, ([{ path: route, verb }, { running, waiting }]) => {
      return { route, verb, running, waiting };
    });
  }

  of(route: Route): Lane {
    const lane = this.#byRoute.get(route);
    if (lane === undefined) throw new TypeError(`expected a route in force, got ${keyOf(route)}`);
    return lane;
  }
}

/** How many processes of a route run, or are being started, and how many messages wait for a slot. */
export interface RouteFigures {
  readonly route: string;
  readonly verb: string;
  readonly running: number;
  readonly waiting: number;
}

function keyOf({ verb, path }: Route): string {
  return `${verb} ${path}`;
}

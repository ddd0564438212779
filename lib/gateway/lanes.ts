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

  of(route: Route): Lane {
    const lane = this.#byRoute.get(route);
    if (lane === undefined) throw new TypeError(`expected a route in force, got ${keyOf(route)}`);
    return lane;
  }
}

function keyOf({ verb, path }: Route): string {
  return `${verb} ${path}`;
}

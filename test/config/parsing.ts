import assert from "node:assert/strict";
import { ConfigError, parseConfig, type RouteConfig, type ServiceConfig } from "../../lib/config/index.ts";

/** The configuration in `text`, as if it came from /srv/app/urocket.yaml. */
export function parse(text: string): ServiceConfig {
  return parseConfig(text, "/srv/app/urocket.yaml");
}

/** What a process may be when its route says nothing of it. */
export const UNCONFINED = {
  killSignal: "SIGTERM",
  user: undefined,
  group: undefined,
  umask: undefined,
  nice: undefined,
  rlimits: undefined,
  cgroup: undefined,
  noNewPrivs: false,
} as const;

/** The only route of a configuration. */
export function routeOf(text: string): RouteConfig {
  const [route, ...others] = parse(text).routes;
  assert.ok(route !== undefined && others.length === 0, "one route");
  return route;
}

/** The route `POST /a` with these lines in it; each line is one setting of the route. */
export function routeWith(...lines: string[]): RouteConfig {
  return routeOf(textWith(...lines));
}

/** The text of a configuration whose `POST /a`, in line 3, has these lines from line 4 on. */
export function textWith(...lines: string[]): string {
  return ["paths:", "  /a:", "    post:", ...lines.map((line) => `      ${line}`), ""].join("\n");
}

/** The mistakes in `text` as `line:column: message`; fails when there are none. */
export function mistakesIn(text: string): string[] {
  try {
    parse(text);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.mistakes.map(({ position, message }) => `${position.line}:${position.column}: ${message}`);
  }
  assert.fail("the text was taken");
}

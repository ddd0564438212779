import { VERBS, type Verb } from "../core/message.ts";
import { pathFault, pathParameters, pathShape } from "./path.ts";
import type { Place } from "./places.ts";
import { buildRoute } from "./route.ts";
import type { Scope } from "./scope.ts";
import { inherit, readSettings } from "./settings.ts";
import { checkTogether, checkValidation } from "./together.ts";
import { type DataMap, isDataMap } from "./tree.ts";
import type { RouteConfig } from "./types.ts";

/** Every (path, verb) under `paths`, each with what `defaults` adds to it, in the order of the file. */
export function buildRoutes(top: DataMap, outer: Omit<Scope, "params">): RouteConfig[] {
  const { mistakes } = outer;
  const defaults = readSettings(top.defaults, outer);
  // Built for its own mistakes: those in what every route overrides would not show otherwise.
  buildRoute(defaults, { ...outer, params: undefined });
  const routes = new Map<string, RouteConfig>();
  for (const { path, verb, place, route } of messageTypes(top.paths, outer)) {
    const type = `${verb} ${path}`;
    const shape = `${verb} ${pathShape(path)}`;
    const first = routes.get(shape);
    if (first !== undefined) {
      const other = first.path === path ? "" : `, there spelled \`${first.path}\``;
      const where = `(first in line ${first.position.line}${other})`;
      mistakes.add(place.key, `expected one route for ${type}, got another ${where}`);
    }
    const own = readSettings(route, outer);
    const settings = inherit(defaults, own);
    const scope = { ...outer, params: pathParameters(path) };
    if (!settings.has("cmd")) mistakes.add(place.key, `expected ${type} to have \`inject.cmd\`, got none`);
    const built = buildRoute(settings, scope);
    checkTogether(own, built, scope);
    checkValidation(settings, top.openapi, scope);
    routes.set(shape, { path, verb, position: mistakes.position(place.key), ...built });
  }
  return [...routes.values()];
}

interface MessageType {
  readonly path: string;
  readonly verb: Verb;
  readonly place: Place;
  readonly route: DataMap;
}

function* messageTypes(
  paths: unknown,
  { places, mistakes }: Pick<Scope, "places" | "mistakes">,
): Generator<MessageType> {
  if (!isDataMap(paths)) return;
  for (const [key, verbs] of Object.entries(paths)) {
    const at = places.get(paths, key);
    const fault = pathFault(key);
    if (at !== undefined && fault !== undefined) mistakes.add(at.key, fault);
    if (!isDataMap(verbs)) continue;
    for (const [verb, route] of Object.entries(verbs)) {
      const place = places.get(verbs, verb);
      // What is no verb or no route has been noted by the schema.
      if (!isVerb(verb) || !isDataMap(route) || place === undefined) continue;
      yield { path: key.startsWith("/") ? key : `/${key}`, verb, place, route };
    }
  }
}

function isVerb(name: string): name is Verb {
  return (VERBS as readonly string[]).includes(name);
}

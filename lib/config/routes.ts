import { VERBS, type Verb } from "../core/message.ts";
import type { MistakeList } from "./mistakes.ts";
import type { Place, Places } from "./places.ts";
import { buildRoute } from "./route.ts";
import { inherit, readSettings } from "./settings.ts";
import { type DataMap, isDataMap } from "./tree.ts";
import type { RouteConfig } from "./types.ts";
import { isPathUnavailable } from "./unavailable.ts";

/** Every (path, verb) under `paths`, each with what `defaults` adds to it, in the order of the file. */
export function buildRoutes(top: DataMap, folder: string, places: Places, mistakes: MistakeList): RouteConfig[] {
  const defaults = readSettings(top.defaults, places, mistakes);
  // Built for its own mistakes: those in what every route overrides would not show otherwise.
  buildRoute(defaults, folder, places, mistakes);
  const routes = new Map<string, RouteConfig>();
  for (const { path, verb, place, route } of messageTypes(top.paths, places, mistakes)) {
    const type = `${verb} ${path}`;
    const position = mistakes.position(place.key);
    const first = routes.get(type)?.position.line;
    if (first !== undefined) {
      mistakes.add(place.key, `expected one route for ${type}, got another (first in line ${first})`);
    }
    const settings = inherit(defaults, readSettings(route, places, mistakes));
    if (!settings.has("cmd")) mistakes.add(place.key, `expected ${type} to have \`inject.cmd\`, got none`);
    routes.set(type, { path, verb, position, ...buildRoute(settings, folder, places, mistakes) });
  }
  return [...routes.values()];
}

interface MessageType {
  readonly path: string;
  readonly verb: Verb;
  readonly place: Place;
  readonly route: DataMap;
}

function* messageTypes(paths: unknown, places: Places, mistakes: MistakeList): Generator<MessageType> {
  if (!isDataMap(paths)) return;
  for (const [key, verbs] of Object.entries(paths)) {
    const at = places.get(paths, key);
    if (at !== undefined) checkPath(key, at.key, mistakes);
    if (!isDataMap(verbs)) continue;
    for (const [verb, route] of Object.entries(verbs)) {
      const place = places.get(verbs, verb);
      // What is no verb or no route has been noted by the schema.
      if (!isVerb(verb) || !isDataMap(route) || place === undefined) continue;
      yield { path: key.startsWith("/") ? key : `/${key}`, verb, place, route };
    }
  }
}

/** A path that no request can have would be a route that never answers. */
function checkPath(path: string, offset: number, mistakes: MistakeList): void {
  if (isPathUnavailable(path)) {
    mistakes.add(offset, `expected a fixed path, got \`${path}\`: patterns are not available in this version`);
  } else if (/[?#]/.test(path)) {
    mistakes.add(offset, `expected a path without query and fragment, got \`${path}\``);
  }
}

function isVerb(name: string): name is Verb {
  return (VERBS as readonly string[]).includes(name);
}

import type { MistakeList } from "./mistakes.ts";
import type { Place, Places } from "./places.ts";
import { INJECT_KEYS } from "./schema-route.ts";
import { isDataMap } from "./tree.ts";

/** One setting of a route and where it stands. */
export interface Setting {
  readonly value: unknown;
  readonly place: Place;
}

/** The settings of a route by key, those of `inject` beside the others: no two share a name. */
export type Settings = ReadonlyMap<string, Setting>;

/** The settings of a route, or of `defaults`; what stands both in it and in its `inject` is a mistake. */
export function readSettings(route: unknown, places: Places, mistakes: MistakeList): Settings {
  const settings = new Map<string, Setting>();
  if (!isDataMap(route)) return settings;
  for (const holder of [route, route.inject]) {
    if (!isDataMap(holder)) continue;
    for (const [key, value] of Object.entries(holder)) {
      const place = places.get(holder, key);
      if (place === undefined) continue;
      const twin = settings.get(key)?.place;
      if (twin !== undefined && INJECT_KEYS.includes(key)) {
        mistakes.add(Math.max(twin.key, place.key), twice(place.name));
      }
      settings.set(key, { value, place });
    }
  }
  return settings;
}

/** What a route says, and for what it does not say, what `defaults` says. */
export function inherit(defaults: Settings, route: Settings): Settings {
  return new Map([...defaults, ...route]);
}

function twice(name: string): string {
  return `expected \`${name}\` in the route or in its \`inject\`, got it in both`;
}

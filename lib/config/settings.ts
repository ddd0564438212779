import { ROUTE_DEFAULTS } from "./defaults.ts";
import type { Place } from "./places.ts";
import { INJECT_KEYS } from "./schema-inject.ts";
import type { Scope } from "./scope.ts";
import { isDataMap } from "./tree.ts";

/** One setting of a route and where it stands. */
export interface Setting {
  readonly value: unknown;
  readonly place: Place;
}

/** The settings of a route by key, those of `inject` beside the others: no two share a name. */
export type Settings = ReadonlyMap<string, Setting>;

/** The settings of a route, or of `defaults`; what stands both in it and in its `inject` is a mistake. */
export function readSettings(route: unknown, { places, mistakes }: Pick<Scope, "places" | "mistakes">): Settings {
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

/** What the settings say of a key, or its default. The type rests on the schema. */
export function choice<Key extends keyof typeof ROUTE_DEFAULTS, Value>(settings: Settings, key: Key): Value {
  return (settings.get(key)?.value ?? ROUTE_DEFAULTS[key]) as Value;
}

function twice(name: string): string {
  return `expected \`${name}\` in the route or in its \`inject\`, got it in both`;
}

import type { Route } from "./route.ts";

/** What the router knows of a (path, verb). One of a few objects made at construction: matching allocates nothing. */
export type Match =
  | { readonly kind: "route"; readonly route: Route }
  /** The path is known and the verb is not; `allow` is the value of the Allow header. */
  | { readonly kind: "wrong-verb"; readonly allow: string }
  /** OPTIONS on a path that has no route for it. */
  | { readonly kind: "options"; readonly allow: string }
  | { readonly kind: "unknown-path" };

/**
 * Finds the route of a message type with two Map look-ups.
 * Percent-encoding that changes nothing (RFC 3986, 6.2.2) is normalised; a trailing slash is part of the path.
 */
export class Router {
  readonly #paths = new Map<string, PathEntry>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const key = pathKey(route.path);
      const verbs = this.#paths.get(key)?.verbs ?? new Map<string, Match>();
      if (verbs.has(route.verb)) throw new TypeError(`expected one route for ${route.verb} ${route.path}, got two`);
      verbs.set(route.verb, { kind: "route", route });
      this.#paths.set(key, { verbs, wrongVerb: UNKNOWN_PATH });
    }
    for (const entry of this.#paths.values()) complete(entry);
  }

  /** `path` as it came, percent-encoded and without the query; `verb` in lower case. */
  match(path: string, verb: string): Match {
    const entry = this.#paths.get(path) ?? this.#paths.get(normalise(path));
    if (entry === undefined) return UNKNOWN_PATH;
    return entry.verbs.get(verb) ?? entry.wrongVerb;
  }
}

interface PathEntry {
  readonly verbs: Map<string, Match>;
  wrongVerb: Match;
}

const UNKNOWN_PATH: Match = { kind: "unknown-path" };

/** Adds what every path answers by itself: HEAD like GET, OPTIONS, and the refusal of other verbs. */
function complete(entry: PathEntry): void {
  const { verbs } = entry;
  const get = verbs.get("get");
  if (get !== undefined && !verbs.has("head")) verbs.set("head", get);
  const allow = [...new Set([...verbs.keys(), "options"])].map((verb) => verb.toUpperCase()).join(", ");
  if (!verbs.has("options")) verbs.set("options", { kind: "options", allow });
  entry.wrongVerb = { kind: "wrong-verb", allow };
}

/** A path key is written as text, possibly with escapes already in it; callers send it escaped. */
function pathKey(path: string): string {
  return normalise(encodeURI(path.replace(/\p{Surrogate}/gu, "\ufffd")).replace(/%25(?=[0-9A-Fa-f]{2})/g, "%"));
}

function normalise(path: string): string {
  if (!path.includes("%")) return path;
  return path.replace(/%[0-9A-Fa-f]{2}/g, (octet) => {
    const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : octet.toUpperCase();
  });
}

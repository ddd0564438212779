import { NO_PARAMS } from "../core/message.ts";
import { escapePath, normalisePath } from "../core/path.ts";
import { isFixed, type PathTemplate, parsePathTemplate } from "./path-template.ts";
import { PathTree } from "./path-tree.ts";
import type { Route } from "./route.ts";

/** What the router knows of a (path, verb). For a fixed path one of a few objects made at construction. */
export type Match =
  | { readonly kind: "route"; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  /** The path is known and the verb is not; `allow` is the value of the Allow header. */
  | { readonly kind: "wrong-verb"; readonly allow: string }
  /** OPTIONS on a path that has no route for it. */
  | { readonly kind: "options"; readonly allow: string }
  | { readonly kind: "unknown-path" };

/**
 * Finds the route of a message type: fixed paths with two Map look-ups and no allocation, templates (`/pets/{petId}`) and
 * prefixes (`/files/*`) in a tree. Percent-encoding that changes nothing (RFC 3986, 6.2.2) is normalised; a trailing slash
 * is part of the path.
 */
export class Router {
  /** Whether any route asks who calls before it has read a body. */
  readonly guarded: boolean;
  readonly #fixed = new Map<string, PathEntry>();
  readonly #tree = new PathTree<PathEntry>();

  constructor(routes: readonly Route[]) {
    this.guarded = routes.some(({ authorizesHead }) => authorizesHead === true);
    const entries = new Set<PathEntry>();
    for (const route of routes) {
      const key = pathKey(route.path);
      const template = parsePathTemplate(key);
      const entry = isFixed(template) ? this.#fixedEntry(key) : this.#tree.entry(template, newEntry);
      if (entry.verbs.has(route.verb))
        throw new TypeError(`expected one route for ${route.verb} ${route.path}, got two`);
      entry.verbs.set(route.verb, { kind: "route", route, params: NO_PARAMS });
      entry.names.set(route, parameterNames(template));
      entries.add(entry);
    }
    for (const entry of entries) complete(entry);
  }

  /** `path` as it came, percent-encoded and without the query; `verb` in lower case. */
  match(path: string, verb: string): Match {
    const entry = this.#fixed.get(path) ?? this.#fixed.get(normalisePath(path));
    if (entry !== undefined) return entry.verbs.get(verb) ?? entry.wrongVerb;
    const found = this.#tree.find(normalisePath(path));
    if (found === undefined) return UNKNOWN_PATH;
    const match = found.entry.verbs.get(verb) ?? found.entry.wrongVerb;
    return match.kind === "route" ? withParams(match.route, found.entry, found.values) : match;
  }

  #fixedEntry(key: string): PathEntry {
    const entry = this.#fixed.get(key) ?? newEntry();
    this.#fixed.set(key, entry);
    return entry;
  }
}

interface PathEntry {
  readonly verbs: Map<string, Match>;
  /** Parameter names in the order of their segments: routes of one shape may call them differently. */
  readonly names: Map<Route, readonly string[]>;
  wrongVerb: Match;
}

const UNKNOWN_PATH: Match = { kind: "unknown-path" };

function newEntry(): PathEntry {
  return { verbs: new Map(), names: new Map(), wrongVerb: UNKNOWN_PATH };
}

function parameterNames({ segments }: PathTemplate): string[] {
  return segments.flatMap((segment) => ("param" in segment ? [decodeURIComponent(segment.param)] : []));
}

function withParams(route: Route, { names }: PathEntry, values: readonly string[]): Match {
  // No prototype: a parameter may be called as the configuration likes.
  const params: Record<string, string> = Object.create(null);
  names.get(route)?.forEach((name, index) => {
    params[name] = values[index] as string;
  });
  return { kind: "route", route, params };
}

/** Adds what every path answers by itself: HEAD like GET, OPTIONS, and the refusal of other verbs. */
function complete(entry: PathEntry): void {
  const { verbs } = entry;
  const get = verbs.get("get");
  if (get !== undefined && !verbs.has("head")) verbs.set("head", get);
  const allow = [...new Set([...verbs.keys(), "options"])].map((verb) => verb.toUpperCase()).join(", ");
  if (!verbs.has("options")) verbs.set("options", { kind: "options", allow });
  entry.wrongVerb = { kind: "wrong-verb", allow };
}

/** A path key is written as text, possibly with escapes already in it; callers send it escaped. Braces stay as they are. */
function pathKey(path: string): string {
  return normalisePath(escapePath(path).replace(/%7B/g, "{").replace(/%7D/g, "}"));
}

import { UrocketError } from "../core/errors.ts";
import type { LibraryOptions, RouteOptions } from "./options.ts";

/** Options as the text of a configuration, and which line of it belongs to what: `routes[2]`, `defaults`. */
export interface Written {
  readonly text: string;
  readonly owners: ReadonlyMap<number, string>;
}

/** Writes options as a configuration, each route on a line of its own. Throws `config-invalid` for what is no data. */
export function writeOptions(options: LibraryOptions): Written {
  checkNames("an option of createGateway", options, OPTIONS);
  checkNames("a key of `limits`", options.limits ?? {}, LIMITS);
  const owners = new Map<number, string>();
  const lines: string[] = [];
  const add = (line: string, owner?: string): void => {
    lines.push(line);
    if (owner !== undefined) owners.set(lines.length, owner);
  };
  add("{");
  for (const name of SETTINGS) {
    const value = options[name];
    if (value !== undefined) add(`${json(name, name)}: ${json(value, name)},`, name);
  }
  add('"paths": {');
  const paths = byPath(options.routes);
  for (const [path, routes] of paths) {
    add(`${json(path, path)}: {`, routes[0]?.owner);
    for (const { verb, settings, owner } of routes) {
      add(`${json(verb, owner)}: ${json(settings, owner)}${comma(owner !== routes.at(-1)?.owner)}`, owner);
    }
    add(`}${comma(path !== [...paths.keys()].at(-1))}`);
  }
  add("}}");
  return { text: lines.join("\n"), owners };
}

/** What goes into the configuration under its own name. */
const SETTINGS = [
  "defaults",
  "socketPath",
  "socketMode",
  "socketGroup",
  "openapi",
  "limits",
  "passEnv",
  "envFile",
] as const;
const OPTIONS = [...SETTINGS, "routes", "supervisor", "warn"];
/** A request in this program has no head that could be too large. */
const LIMITS = ["processes", "queue", "queueTimeout", "body", "reply"];

interface Entry {
  readonly verb: string;
  readonly settings: object;
  readonly owner: string;
}

function byPath(routes: readonly RouteOptions[]): Map<string, Entry[]> {
  if (!Array.isArray(routes) || routes.length === 0)
    throw invalid("expected `routes` to be a list of routes, got none");
  const paths = new Map<string, Entry[]>();
  for (const [index, { path, verb, ...settings }] of (routes as readonly RouteOptions[]).entries()) {
    const owner = `routes[${index}]`;
    if (typeof path !== "string") throw invalid(`expected \`path\` to be text, got ${String(path)} (${owner})`);
    if (typeof verb !== "string") throw invalid(`expected \`verb\` to be text, got ${String(verb)} (${owner})`);
    const entries = paths.get(path) ?? [];
    paths.set(path, [...entries, { verb, settings, owner }]);
  }
  return paths;
}

/** JSON is YAML too. What it would leave out or change without a word is refused. */
function json(value: unknown, owner: string): string {
  return JSON.stringify(value, (name, inner: unknown) => {
    if (isData(inner)) return inner;
    const got = typeof inner === "number" ? String(inner) : `a ${typeof inner}`;
    throw invalid(`expected \`${name}\` to be plain data, got ${got} (${owner})`);
  });
}

function isData(value: unknown): boolean {
  return typeof value === "number" ? Number.isFinite(value) : !["function", "symbol", "bigint"].includes(typeof value);
}

function checkNames(what: string, given: object, known: readonly string[]): void {
  const other = Object.keys(given).find((name) => !known.includes(name));
  if (other !== undefined) throw invalid(`expected ${what}, got \`${other}\`; known are ${known.join(", ")}`);
}

function comma(more: boolean): string {
  return more ? "," : "";
}

function invalid(message: string): UrocketError {
  return new UrocketError("config-invalid", message);
}

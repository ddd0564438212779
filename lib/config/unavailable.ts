/*
 * What later versions will understand. It is refused by name, because a setting that is accepted and ignored is worse
 * than none. Whoever builds one of these deletes it here and adds it to the schema.
 */

/** Keys, by what the schema calls the keys of their map. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "a key of the configuration": ["admin"],
  "a key of `limits`": ["processes", "queue"],
  "a key of a route": ["concurrency", "contenttype", "urlparammode"],
  "a key of `inject`": ["contenttype", "urlparammode"],
};

/** Values of keys that are known, and what to call them. */
const VALUES: Readonly<Record<string, { readonly what: string; readonly values: readonly unknown[] }>> = {
  validatein: { what: "validation", values: [true] },
  validateout: { what: "validation", values: [true] },
  stats: { what: "the statistics header", values: [true] },
  channel: { what: "this channel", values: ["stdin", "env", "file", "cgi"] },
  encoding: { what: "this encoding", values: ["form", "text", "base64"] },
  reply: { what: "this reply", values: ["stdout", "cgi", "report", "accepted"] },
  onexit: { what: "the report", values: ["report"] },
};

/** Path keys that are patterns: `/pets/{petId}`, `/files/*`. */
const PATH_PATTERN = /\{[^{}]*\}|\/\*$/;

/** Whether a key of a map is one that a later version will understand. */
export function isKeyUnavailable(keys: string, name: string): boolean {
  return Object.hasOwn(KEYS, keys) && KEYS[keys]?.includes(name) === true;
}

/** What to call a value that a later version will understand; undefined when it is not one. */
export function unavailableValue(name: string, value: unknown): string | undefined {
  const entry = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
  return entry?.values.includes(value) === true ? entry.what : undefined;
}

/** Whether a path key is a pattern, which a later version will match. */
export function isPathUnavailable(path: string): boolean {
  return PATH_PATTERN.test(path);
}

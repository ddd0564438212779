/*
 * What the schema describes and this version can't do yet, or what was only announced. It is refused by name, because a
 * setting that is accepted and ignored is worse than none. Whoever builds one of these deletes it here.
 */

/** What is refused although it is known. */
export interface Unavailable {
  /** Keys, by what the schema calls the keys of their map. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** Values of keys, and what to call them. */
  readonly values: Readonly<Record<string, { readonly what: string; readonly values: readonly unknown[] }>>;
  /** Path keys that are patterns: `/pets/{petId}`, `/files/*`. */
  readonly patterns: boolean;
}

/** What this version can't do. */
export const UNAVAILABLE: Unavailable = {
  keys: {
    "a key of the configuration": ["admin"],
  },
  values: {},
  patterns: false,
};

/** Whether a key of a map is one that a later version will understand. */
export function isKeyUnavailable(keys: string, name: string, { keys: table }: Unavailable = UNAVAILABLE): boolean {
  return Object.hasOwn(table, keys) && table[keys]?.includes(name) === true;
}

import type { Schema } from "./schema-type.ts";
import { show } from "./show.ts";

/** What a schema asks for, as a message says it after "expected `x` to be". */
export function wanted({ kind, enum: choices, type = [] }: Schema): string {
  if (kind !== undefined) return kind;
  if (choices !== undefined) return either(choices.map(show));
  return either([type].flat().map((name) => TYPES[name] ?? name));
}

/** Joins choices: `a, b or c`. */
export function either(names: readonly string[]): string {
  return names.join(", ").replace(/, ([^,]*)$/, " or $1");
}

const TYPES: Readonly<Record<string, string>> = {
  object: "a map",
  array: "a list",
  string: "a string",
  boolean: "true or false",
};

import { isObject, type JsonObject } from "../json.ts";
import { joinPointer, valueAt } from "../pointer.ts";
import { targetOfReference } from "../site.ts";
import type { Bundle } from "../source/bundle.ts";

/** One of the schemas that a schema consists of, and where it stands. */
export interface Part {
  readonly node: JsonObject;
  readonly pointer: string;
}

/** The schemas that all apply to a value: the one at a pointer, what it refers to, and what is in its `allOf`. */
export function* partsOf(bundle: Bundle, pointer: string, seen = new Set<string>()): Generator<Part> {
  const node = valueAt(bundle.document, pointer);
  if (seen.has(pointer) || !isObject(node)) return;
  seen.add(pointer);
  const reference = typeof node.$ref === "string" ? targetOfReference(bundle, node.$ref, pointer) : undefined;
  if (reference !== undefined) yield* partsOf(bundle, reference, seen);
  // What 3.0 has beside a reference is to be ignored.
  if (reference !== undefined && bundle.version === "3.0") return;
  yield { node, pointer };
  for (const place of branches(node, pointer, "allOf")) yield* partsOf(bundle, place, seen);
}

/** Where the schemas in a list such as `oneOf` stand. */
export function branches(node: JsonObject, pointer: string, keyword: string): string[] {
  const list = node[keyword];
  const place = joinPointer(pointer, keyword);
  return Array.isArray(list) ? list.map((_, index) => joinPointer(place, index)) : [];
}

/** Where the schemas in a map such as `properties` stand, by name. */
export function members(node: JsonObject, pointer: string, keyword: string): [name: string, pointer: string][] {
  const map = Object.hasOwn(node, keyword) ? node[keyword] : undefined;
  const place = joinPointer(pointer, keyword);
  return isObject(map) ? Object.keys(map).map((name) => [name, joinPointer(place, name)]) : [];
}

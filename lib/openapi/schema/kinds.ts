import { isObject, type JsonObject } from "../json.ts";
import { valueAt } from "../pointer.ts";
import { targetOfReference } from "../site.ts";
import type { Bundle } from "../source/bundle.ts";
import { branches } from "./parts.ts";

/** The types of JSON Schema. */
export type Kind = "string" | "number" | "integer" | "boolean" | "null" | "array" | "object";

/** The types that a value of the schema at a pointer can have; undefined for any. */
export function kindsOf(bundle: Bundle, pointer: string, known: Known = new Map()): Set<Kind> | undefined {
  if (known.has(pointer)) return known.get(pointer);
  // Of a schema that is met again inside of itself nothing is known.
  known.set(pointer, undefined);
  const kinds = compose(bundle, pointer, (place) => kindsOf(bundle, place, known));
  known.set(pointer, kinds);
  return kinds;
}

/** What was found out already: a schema may be met again by way of many others. */
type Known = Map<string, Set<Kind> | undefined>;

function compose(bundle: Bundle, pointer: string, of: (place: string) => Set<Kind> | undefined): Set<Kind> | undefined {
  const node = valueAt(bundle.document, pointer);
  if (!isObject(node)) return undefined;
  if (typeof node.$ref === "string") {
    const target = of(targetOfReference(bundle, node.$ref, pointer));
    if (bundle.version === "3.0") return target;
    return narrowed([target, ownKinds(node)]);
  }
  return narrowed([
    ownKinds(node),
    ...branches(node, pointer, "allOf").map(of),
    widened(branches(node, pointer, "anyOf").map(of), node),
    widened(branches(node, pointer, "oneOf").map(of), node),
  ]);
}

function ownKinds(node: JsonObject): Set<Kind> | undefined {
  const { type, enum: values, const: value } = node;
  const literals = Array.isArray(values) ? values : value === undefined ? undefined : [value];
  const declared = type === undefined ? undefined : new Set([type].flat() as Kind[]);
  if (node.nullable === true) declared?.add("null");
  return narrowed([declared, literals === undefined ? undefined : new Set(literals.map(kindOf))]);
}

function kindOf(value: unknown): Kind {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value as "string" | "number" | "boolean" | "object";
}

function widened(kinds: readonly (Set<Kind> | undefined)[], { nullable }: JsonObject): Set<Kind> | undefined {
  if (kinds.length === 0) return undefined;
  const all = new Set<Kind>(nullable === true ? ["null"] : []);
  for (const some of kinds) {
    if (some === undefined) return undefined;
    for (const kind of some) all.add(kind);
  }
  return all;
}

function narrowed(kinds: readonly (Set<Kind> | undefined)[]): Set<Kind> | undefined {
  let result: Set<Kind> | undefined;
  for (const some of kinds) {
    if (some === undefined) continue;
    result = result === undefined ? some : intersection(result, some);
  }
  return result;
}

/** Integers are numbers, so what allows both a number and an integer allows integers. */
function intersection(a: ReadonlySet<Kind>, b: ReadonlySet<Kind>): Set<Kind> {
  const both = new Set([...a].filter((kind) => b.has(kind)));
  if ((a.has("integer") && b.has("number")) || (a.has("number") && b.has("integer"))) both.add("integer");
  return both;
}

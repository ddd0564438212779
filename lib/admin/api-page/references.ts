import { isObject, type JsonObject } from "../../openapi/json.ts";
import { pointerOfFragment, segmentsOf, valueAt } from "../../openapi/pointer.ts";

/** What a node of a document is, when every `$ref` was followed; an empty object for one that leads nowhere. */
export function resolve(document: JsonObject, node: unknown): JsonObject {
  let found = node;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    if (!isObject(found)) return {};
    if (typeof found.$ref !== "string") return found;
    found = valueAt(document, pointerOf(found.$ref));
  }
  return {};
}

/** The name of the schema below `components` that a `$ref` leads to; undefined when it leads elsewhere. */
export function schemaName(reference: string): string | undefined {
  const [components, schemas, name, ...rest] = segmentsOf(pointerOf(reference));
  return components === "components" && schemas === "schemas" && rest.length === 0 ? name : undefined;
}

/** The members of an object whose values are objects, `$ref`s followed; none of what is no object. */
export function membersOf(document: JsonObject, node: unknown): [name: string, value: JsonObject][] {
  return isObject(node) ? Object.entries(node).map(([name, value]) => [name, resolve(document, value)]) : [];
}

/** The text that a member is; undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A pointer of its own for what is none: it finds nothing. */
function pointerOf(reference: string): string {
  return (reference.startsWith("#") ? pointerOfFragment(reference.slice(1)) : undefined) ?? "/";
}

/** More in a row are a circle. */
const MOST_STEPS = 50;

import { isObject, type JsonObject } from "../json.ts";
import { segmentsOf, valueAt } from "../pointer.ts";
import { follow, targetOfReference } from "../site.ts";
import type { Bundle } from "../source/bundle.ts";
import { branches, members, partsOf } from "./parts.ts";

/** A choice between schemas that a property of the value makes. */
export interface Choice {
  readonly property: string;
  /** Where the schema for a value of the property stands. */
  readonly byName: ReadonlyMap<string, string>;
}

/**
 * What the `discriminator` of a schema chooses between in its `oneOf` or `anyOf`. Undefined where there is none, or where
 * some of the objects in the list have no name to be chosen by; then the list decides by itself.
 */
export function choiceOf(bundle: Bundle, node: JsonObject, pointer: string): Choice | undefined {
  const { discriminator } = node;
  if (!isObject(discriminator) || typeof discriminator.propertyName !== "string") return undefined;
  const property = discriminator.propertyName;
  const byName = mapped(bundle, discriminator.mapping);
  const places = [...branches(node, pointer, "oneOf"), ...branches(node, pointer, "anyOf")];
  const targets = places.map((place) => targetOf(bundle, place));
  for (const [name, target] of byName) if (!targets.includes(target)) byName.delete(name);
  for (const target of targets) {
    for (const name of ownNames(bundle, target, property)) if (!byName.has(name)) byName.set(name, target);
  }
  const chosen = new Set(byName.values());
  const complete = targets.every((target) => chosen.has(target) || !takesObjects(bundle, target));
  return byName.size > 0 && complete ? { property, byName } : undefined;
}

function mapped(bundle: Bundle, mapping: unknown): Map<string, string> {
  const byName = new Map<string, string>();
  if (!isObject(mapping)) return byName;
  for (const [name, value] of Object.entries(mapping)) {
    if (typeof value !== "string") continue;
    const place = value.startsWith("#") ? targetOfReference(bundle, value, "") : `/components/schemas/${value}`;
    if (valueAt(bundle.document, place) !== undefined) byName.set(name, place);
  }
  return byName;
}

/** A branch that is only a reference is the schema it names. */
function targetOf(bundle: Bundle, pointer: string): string {
  const node = valueAt(bundle.document, pointer);
  if (!isObject(node) || typeof node.$ref !== "string") return pointer;
  return targetOfReference(bundle, node.$ref, pointer);
}

/** A component goes by its own name; any schema by what it takes as the property's value. */
function ownNames(bundle: Bundle, pointer: string, property: string): string[] {
  const segments = segmentsOf(pointer);
  if (segments.length === 3 && pointer.startsWith("/components/schemas/")) return segments.slice(2);
  const names: unknown[] = [];
  for (const part of partsOf(bundle, pointer)) {
    const place = members(part.node, part.pointer, "properties").find(([name]) => name === property)?.[1];
    const node = place === undefined ? undefined : follow(bundle, place).node;
    if (isObject(node)) names.push(...(Array.isArray(node.enum) ? node.enum : [node.const]));
  }
  return names.filter((name) => typeof name === "string");
}

function takesObjects(bundle: Bundle, pointer: string): boolean {
  for (const { node } of partsOf(bundle, pointer)) {
    if (node.type !== undefined && ![node.type].flat().includes("object")) return false;
  }
  return true;
}

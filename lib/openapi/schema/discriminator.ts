import { isObject, type JsonObject } from "../json.ts";
import { segmentsOf, valueAt } from "../pointer.ts";
import { targetOfReference } from "../site.ts";
import type { Bundle } from "../source/bundle.ts";
import { literalsOf, requiredOf } from "./literals.ts";
import { branches, partsOf } from "./parts.ts";

/** A choice between schemas that a property of the value makes. */
export interface Choice {
  readonly property: string;
  /** Where the schema for a value of the property stands. */
  readonly byName: ReadonlyMap<string, string>;
}

/**
 * What a property chooses between in the `oneOf` or `anyOf` of a schema: the one that its `discriminator` names, or one
 * that has to have a different literal in each. Undefined where there is none; then the list decides by itself.
 */
export function choiceOf(bundle: Bundle, node: JsonObject, pointer: string): Choice | undefined {
  return declaredChoice(bundle, node, pointer) ?? impliedChoice(bundle, node, pointer);
}

/** Undefined also where some of the objects in the list have no name to be chosen by. */
function declaredChoice(bundle: Bundle, node: JsonObject, pointer: string): Choice | undefined {
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
  return literalsOf(bundle, pointer).get(property) ?? [];
}

function takesObjects(bundle: Bundle, pointer: string): boolean {
  for (const { node } of partsOf(bundle, pointer)) {
    if (node.type !== undefined && ![node.type].flat().includes("object")) return false;
  }
  return true;
}

/** Saying which one is meant changes nothing of what is valid, but much of what has to be tried and told. */
function impliedChoice(bundle: Bundle, node: JsonObject, pointer: string): Choice | undefined {
  const lists = [branches(node, pointer, "oneOf"), branches(node, pointer, "anyOf")].filter(({ length }) => length > 0);
  const [places = [], ...others] = lists;
  const objects = places.map((place) => targetOf(bundle, place)).filter((target) => takesObjects(bundle, target));
  const [first, ...rest] = objects;
  if (first === undefined || rest.length === 0 || others.length > 0) return undefined;
  for (const property of requiredOf(bundle, first)) {
    const byName = new Map<string, string>();
    let names = 0;
    const complete = objects.every((target) => {
      const literals = requiredOf(bundle, target).has(property) ? (literalsOf(bundle, target).get(property) ?? []) : [];
      for (const name of literals) byName.set(name, target);
      names += literals.length;
      return literals.length > 0;
    });
    if (complete && names === byName.size) return { property, byName };
  }
  return undefined;
}

import { isObject, type JsonObject, setMember } from "../json.ts";
import { joinPointer, valueAt } from "../pointer.ts";
import { show } from "../show.ts";
import { mistakeAt, targetOfReference } from "../site.ts";
import type { Bundle } from "../source/bundle.ts";
import type { Direction } from "../types.ts";
import { DIALECT, isKnownDialect } from "./dialect.ts";
import { choiceOf } from "./discriminator.ts";
import { ASKED_AGAIN, MAPS_OF_PARTS, OF_PARTS, OF_WHOLE, PLAIN, UNIONS } from "./keywords.ts";
import { isMarked, markedNames } from "./marks.ts";
import { branches, members } from "./parts.ts";

/** A schema as ajv takes it. */
export type Converted = JsonObject | boolean;

/** The resource that a schema belongs to, and whether it is about the whole of its value or about a part of it. */
export interface Home {
  readonly id: string;
  readonly whole: boolean;
}

/** Where converted schemas go: each is a resource of its own, with an id that others refer to. */
export interface Resources {
  /** The id of the schema at a pointer, that the schema at `home` uses. */
  at(pointer: string, home: Home): string;
  /** The ids of alternatives of which any may have to be tried. */
  union(pointers: readonly string[], home: Home): string[];
  /** The id of a schema that the document has no place for. */
  make(schema: Converted, pointer: string): string;
}

/**
 * Turns schemas of a document, 3.0 or 3.1, into JSON Schema 2020-12 for one direction: nothing but the keywords that
 * assert something, references as ids, alternatives as resources that can be asked one by one.
 */
export class Converter {
  readonly #bundle: Bundle;
  readonly #direction: Direction;
  readonly #resources: Resources;

  constructor(bundle: Bundle, direction: Direction, resources: Resources) {
    this.#bundle = bundle;
    this.#direction = direction;
    this.#resources = resources;
  }

  /** `exempt` are properties that are not to be required. */
  convert(pointer: string, home: Home, exempt: readonly string[] = []): Converted {
    const node = valueAt(this.#bundle.document, pointer);
    if (typeof node === "boolean") return node;
    if (!isObject(node)) throw mistakeAt(this.#bundle, pointer, `expected a schema, got ${show(node)}`);
    this.#refuse(node, pointer);
    const reference = typeof node.$ref === "string" ? { $ref: this.#reference(node.$ref, pointer, home) } : undefined;
    if (reference !== undefined && this.#bundle.version === "3.0") return reference;
    const schema: JsonObject = { ...reference };
    for (const key of PLAIN) if (Object.hasOwn(node, key)) schema[key] = node[key];
    const own = (node.required ?? node.allOf) ? markedNames(this.#bundle, pointer, this.#direction) : [];
    const unneeded = [...exempt, ...own];
    if (Array.isArray(schema.required)) schema.required = schema.required.filter((name) => !unneeded.includes(name));
    this.#convertParts(schema, node, pointer, { ...home, whole: false });
    this.#convertWhole(schema, node, pointer, home, unneeded);
    return this.#bundle.version === "3.0" ? this.#fromOldDialect(schema, node, pointer) : schema;
  }

  /** The schemas for the members and items of a value. */
  #convertParts(schema: JsonObject, node: JsonObject, pointer: string, home: Home): void {
    for (const key of OF_PARTS) {
      if (Object.hasOwn(node, key)) schema[key] = this.convert(joinPointer(pointer, key), home);
    }
    for (const key of MAPS_OF_PARTS) {
      if (!isObject(node[key])) continue;
      const converted: JsonObject = {};
      for (const [name, place] of members(node, pointer, key)) {
        const unwanted = this.#direction === "reply" && isMarked(this.#bundle, place, "reply");
        setMember(converted, name, unwanted ? false : this.convert(place, home));
      }
      schema[key] = converted;
    }
    if (Array.isArray(node.prefixItems)) {
      schema.prefixItems = branches(node, pointer, "prefixItems").map((place) => this.convert(place, home));
    }
    for (const key of ASKED_AGAIN) {
      if (Object.hasOwn(node, key)) schema[key] = { $ref: this.#resources.at(joinPointer(pointer, key), home) };
    }
  }

  /** The schemas for the same value. */
  #convertWhole(schema: JsonObject, node: JsonObject, pointer: string, home: Home, exempt: readonly string[]): void {
    for (const key of OF_WHOLE) {
      if (Object.hasOwn(node, key)) schema[key] = this.convert(joinPointer(pointer, key), home);
    }
    if (isObject(node.dependentSchemas)) {
      const converted: JsonObject = {};
      for (const [name, place] of members(node, pointer, "dependentSchemas")) {
        setMember(converted, name, this.convert(place, home));
      }
      schema.dependentSchemas = converted;
    }
    const all: Converted[] = branches(node, pointer, "allOf").map((place) => this.convert(place, home, exempt));
    const choice = choiceOf(this.#bundle, node, pointer);
    const unions: JsonObject = {};
    for (const key of UNIONS) {
      const places = branches(node, pointer, key);
      // With a choice only values of other types come here, which have no members to go on with.
      const ids =
        choice === undefined
          ? this.#resources.union(places, home)
          : places.map((place) => this.#resources.at(place, home));
      if (ids.length > 0) unions[key] = ids.map((id) => ({ $ref: id }));
    }
    if (choice === undefined) Object.assign(schema, unions);
    else all.push(this.#choose(choice.property, choice.byName, unions, home));
    if (all.length > 0) schema.allOf = all;
  }

  /** Objects have to fit the alternative that they name; for other values the list decides. */
  #choose(property: string, byName: ReadonlyMap<string, string>, unions: JsonObject, home: Home): JsonObject {
    const named = (schema: JsonObject) => ({ required: [property], properties: { [property]: schema } });
    const allOf = [...byName].map(([name, place]) => ({
      if: named({ const: name }),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { $ref: this.#resources.at(place, home) },
    }));
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    return { if: { type: "object" }, then: { ...named({ enum: [...byName.keys()] }), allOf }, else: unions };
  }

  /** What only 3.0 has: `nullable`, and bounds that a flag makes exclusive. */
  #fromOldDialect(schema: JsonObject, node: JsonObject, pointer: string): JsonObject {
    for (const [flag, bound] of [
      ["exclusiveMinimum", "minimum"],
      ["exclusiveMaximum", "maximum"],
    ] as const) {
      delete schema[flag];
      if (node[flag] !== true || schema[bound] === undefined) continue;
      schema[flag] = schema[bound];
      delete schema[bound];
    }
    if (node.nullable !== true) return schema;
    if (Object.keys(schema).some((key) => !COMPATIBLE_WITH_NULL.has(key))) {
      return { anyOf: [{ type: "null" }, schema].map((part) => ({ $ref: this.#resources.make(part, pointer) })) };
    }
    return typeof schema.type === "string" ? { ...schema, type: [schema.type, "null"] } : schema;
  }

  #reference(reference: string, pointer: string, home: Home): string {
    return this.#resources.at(targetOfReference(this.#bundle, reference, pointer), home);
  }

  /** Keywords whose meaning can't be kept: better refused at the start than checked wrongly. */
  #refuse(node: JsonObject, pointer: string): void {
    if (typeof node.$dynamicRef === "string") {
      throw mistakeAt(this.#bundle, joinPointer(pointer, "$dynamicRef"), "expected `$ref`, got `$dynamicRef`");
    }
    if (node.$schema !== undefined && !isKnownDialect(node.$schema)) {
      const message = `expected \`$schema\` to be "${DIALECT}", got ${show(node.$schema)}`;
      throw mistakeAt(this.#bundle, joinPointer(pointer, "$schema"), message);
    }
  }
}

/** Keywords that say nothing of null, except `type`, which can name it. */
const COMPATIBLE_WITH_NULL = new Set([
  ...PLAIN.filter((key) => key !== "enum" && key !== "const"),
  ...OF_PARTS,
  ...MAPS_OF_PARTS,
]);

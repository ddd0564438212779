import type { JsonObject } from "../json.ts";
import { joinPointer } from "../pointer.ts";
import type { Bundle } from "../source/bundle.ts";
import { alternativesOf } from "./alternatives.ts";
import { type Kind, kindsOf } from "./kinds.ts";
import { branches, members } from "./parts.ts";
import { compilePattern } from "./pattern.ts";

/**
 * What text has to be turned into before it can be checked by a schema: the types a value may have, and the shapes of
 * its members and items. Alternatives are taken together: text that could be one of them becomes that.
 */
export class Shape {
  /** The types a value may have; a string where the schemas leave it open. */
  readonly kinds: ReadonlySet<Kind>;
  readonly #bundle: Bundle;
  readonly #pointers: readonly string[];
  /** By the places of their schemas, and so as many as the document has; never by names, which strangers choose. */
  readonly #shapes = new Map<string, Shape>();
  #known: Known | undefined;

  /** The shape of values that are valid by one of the schemas at the pointers; of any text where there is none. */
  constructor(bundle: Bundle, pointers: readonly string[]) {
    this.#bundle = bundle;
    this.#pointers = pointers;
    const kinds = pointers.map((pointer) => kindsOf(bundle, pointer));
    this.kinds = kinds.length === 0 || kinds.includes(undefined) ? this.#guess() : union(kinds);
  }

  /** Whether a text is among the literals of the schemas just as it is. */
  isLiteral(text: string): boolean {
    return this.#knowledge.literals.has(text);
  }

  /** The names of the members that the schemas know. */
  get names(): Iterable<string> {
    return this.#knowledge.properties.keys();
  }

  /** Whether the schemas say that there may be a member of a name that they don't know. */
  takes(name: string): boolean {
    return this.#knowledge.open || this.#knowledge.patterns.some(({ pattern }) => pattern.test(name));
  }

  /** The shape of a member. */
  member(name: string): Shape {
    const { properties, patterns, rest } = this.#knowledge;
    const own = properties.get(name);
    if (own !== undefined) return this.#shape(own);
    const matched = patterns.filter(({ pattern }) => pattern.test(name)).map(({ place }) => place);
    return this.#shape(matched.length > 0 ? matched : rest);
  }

  /** The shape of an item. */
  item(index: number): Shape {
    return this.#shape(this.#knowledge.first[index] ?? this.#knowledge.items);
  }

  #shape(pointers: readonly string[]): Shape {
    const key = pointers.join("\n");
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    const shape = new Shape(this.#bundle, pointers);
    this.#shapes.set(key, shape);
    return shape;
  }

  /** Without a type, what a schema says of members or items tells what it is for. */
  #guess(): ReadonlySet<Kind> {
    const { properties, items, first } = this.#knowledge;
    if (properties.size > 0) return new Set(["object"]);
    return new Set([items.length > 0 || first.length > 0 ? "array" : "string"]);
  }

  /** Looked up late: schemas contain themselves. */
  get #knowledge(): Known {
    this.#known ??= learn(this.#bundle, this.#pointers);
    return this.#known;
  }
}

interface Known {
  readonly literals: Set<unknown>;
  readonly properties: Map<string, string[]>;
  readonly patterns: { readonly pattern: RegExp; readonly place: string }[];
  readonly rest: string[];
  readonly first: string[][];
  readonly items: string[];
  open: boolean;
}

function learn(bundle: Bundle, pointers: readonly string[]): Known {
  const known: Known = {
    literals: new Set(),
    properties: new Map(),
    patterns: [],
    rest: [],
    first: [],
    items: [],
    open: false,
  };
  for (const { node, pointer } of alternativesOf(bundle, pointers)) {
    for (const literal of Array.isArray(node.enum) ? node.enum : [node.const]) known.literals.add(literal);
    learnMembers(known, node, pointer);
    for (const [index, place] of branches(node, pointer, "prefixItems").entries()) {
      known.first[index] = [...(known.first[index] ?? []), place];
    }
    if (node.items !== undefined) known.items.push(joinPointer(pointer, "items"));
  }
  return known;
}

function learnMembers(known: Known, node: JsonObject, pointer: string): void {
  for (const [name, place] of members(node, pointer, "properties")) {
    known.properties.set(name, [...(known.properties.get(name) ?? []), place]);
  }
  for (const [source, place] of members(node, pointer, "patternProperties")) {
    const pattern = compilePattern(source);
    if (pattern !== undefined) known.patterns.push({ pattern, place });
  }
  if (node.additionalProperties === undefined || node.additionalProperties === false) return;
  known.open = true;
  known.rest.push(joinPointer(pointer, "additionalProperties"));
}

function union(kinds: readonly (ReadonlySet<Kind> | undefined)[]): ReadonlySet<Kind> {
  return new Set(kinds.flatMap((some) => [...(some ?? [])]));
}

import { basename } from "node:path";
import { type Mistake, OpenApiError } from "../error.ts";
import { isObject, type JsonObject, setMember } from "../json.ts";
import { joinPointer, segmentsOf, valueAt } from "../pointer.ts";
import { show } from "../show.ts";
import type { Version } from "../types.ts";
import type { Files, SourceFile } from "./files.ts";
import { childrenOf, type Kind, SECTIONS } from "./grammar.ts";
import { type Origin, Origins } from "./origins.ts";
import { targetOf } from "./target.ts";

/** A document in one piece: every `$ref` in it is a pointer into it. */
export interface Bundle {
  readonly document: JsonObject;
  readonly version: Version;
  readonly origins: Origins;
}

/**
 * Makes one document of a file and what it refers to: what comes from neighbours is put under `components`, by its
 * name there, and path items where they are named. Throws {@link OpenApiError} for references that lead nowhere.
 */
export async function bundle(main: SourceFile, version: Version, files: Files): Promise<Bundle> {
  const bundler = new Bundler(main, version, files);
  await bundler.run();
  return bundler;
}

/** A reference that still has to be followed: `holder[key]`, where an object of the kind is wanted. */
interface Reference {
  readonly holder: JsonObject;
  readonly key: string;
  readonly kind: Kind;
  readonly pointer: string;
}

class Bundler implements Bundle {
  readonly document: JsonObject;
  readonly version: Version;
  readonly origins: Origins;
  readonly #main: SourceFile;
  readonly #files: Files;
  readonly #mistakes: Mistake[] = [];
  readonly #references: Reference[] = [];
  readonly #seen = new Set<object>();
  /** Where things from neighbours were put, by kind and origin. */
  readonly #places = new Map<string, string>();

  constructor(main: SourceFile, version: Version, files: Files) {
    this.document = structuredClone(main.data as JsonObject);
    this.version = version;
    this.origins = new Origins(main);
    this.#main = main;
    this.#files = files;
  }

  async run(): Promise<void> {
    this.#walk(this.document, "document", "");
    // Following one reference finds others.
    for (const reference of this.#references) await this.#follow(reference);
    if (this.#mistakes.length > 0) throw new OpenApiError(this.#mistakes);
  }

  #walk(node: unknown, kind: Kind, pointer: string): void {
    if (!isObject(node) || this.#seen.has(node)) return;
    this.#seen.add(node);
    if (typeof node.$ref === "string") {
      this.#references.push({ holder: node, key: "$ref", kind, pointer });
      // Only these may have more beside a reference; elsewhere it is to be ignored.
      if (kind !== "pathItem" && (kind !== "schema" || this.version === "3.0")) return;
    }
    if (kind === "schema") this.#walkMapping(node, pointer);
    for (const child of childrenOf(node, kind, pointer)) this.#walk(child.node, child.kind, child.pointer);
  }

  /** The values of a discriminator's mapping are names of schemas or references to them. */
  #walkMapping({ discriminator }: JsonObject, pointer: string): void {
    const mapping = isObject(discriminator) ? discriminator.mapping : undefined;
    if (!isObject(mapping)) return;
    for (const [key, value] of Object.entries(mapping)) {
      if (typeof value !== "string" || !/[/#]|\.(?:ya?ml|json)$/i.test(value)) continue;
      const place = joinPointer(joinPointer(pointer, "discriminator"), "mapping");
      this.#references.push({ holder: mapping, key, kind: "schema", pointer: place });
    }
  }

  async #follow({ holder, key, kind, pointer }: Reference): Promise<void> {
    const target = await targetOf(String(holder[key]), this.origins.find(pointer).file, this.#files);
    if (typeof target === "string") {
      this.#mistakes.push(this.origins.mistake(joinPointer(pointer, key), target));
    } else if (target.file === this.#main) {
      setMember(holder, key, `#${encodeURI(target.pointer)}`);
      this.#walk(valueAt(this.document, target.pointer), kind, target.pointer);
    } else if (kind === "pathItem") {
      this.#inline(holder, target, pointer);
    } else {
      setMember(holder, key, `#${this.#hoist(target, kind)}`);
    }
  }

  /** 3.0 has no components for path items, so they are put where they are named. */
  #inline(holder: JsonObject, target: Origin, pointer: string): void {
    const item = valueAt(target.file.data, target.pointer);
    const place = `pathItem ${pointer} ${originKey(target)}`;
    if (!isObject(item) || this.#places.has(place)) {
      const got = isObject(item) ? "a circle" : show(item);
      this.#mistakes.push(this.origins.mistake(pointer, `expected \`$ref\` to lead to a path item, got ${got}`));
      return;
    }
    this.#places.set(place, pointer);
    delete holder.$ref;
    for (const [key, value] of Object.entries(structuredClone(item))) {
      if (!Object.hasOwn(holder, key)) setMember(holder, key, value);
    }
    this.origins.add(pointer, target);
    this.#seen.delete(holder);
    this.#walk(holder, "pathItem", pointer);
  }

  #hoist(target: Origin, kind: Kind): string {
    const known = this.#places.get(`${kind} ${originKey(target)}`);
    if (known !== undefined) return known;
    const components = member(this.document, "components");
    const section = SECTIONS[kind] ?? kind;
    const members = member(components, section);
    const name = freeName(target, members);
    const pointer = `/components/${section}/${name}`;
    this.#places.set(`${kind} ${originKey(target)}`, pointer);
    this.origins.add(pointer, target);
    members[name] = structuredClone(valueAt(target.file.data, target.pointer));
    this.#walk(members[name], kind, pointer);
    return pointer;
  }
}

function originKey({ file, pointer }: Origin): string {
  return `${file.path}#${pointer}`;
}

function member(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  if (isObject(value)) return value;
  const empty: JsonObject = {};
  object[key] = empty;
  return empty;
}

/** The name of a component for what another file calls so; numbered where it is taken. */
function freeName({ file, pointer }: Origin, taken: JsonObject): string {
  const own = segmentsOf(pointer).at(-1) ?? basename(file.path).replace(/\.[^.]*$/, "");
  const name = own.replaceAll(/[^\w.-]/g, "_") || "_";
  let free = name;
  for (let number = 2; Object.hasOwn(taken, free) || free === "__proto__"; number++) free = `${name}_${number}`;
  return free;
}

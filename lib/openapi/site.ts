import { OpenApiError } from "./error.ts";
import { isObject, type JsonObject } from "./json.ts";
import { joinPointer, pointerOfFragment, valueAt } from "./pointer.ts";
import { show } from "./show.ts";
import type { Bundle } from "./source/bundle.ts";

/** An object of a document and where it stands, references followed. */
export class Site {
  readonly bundle: Bundle;
  readonly pointer: string;
  readonly node: JsonObject;

  /** Throws {@link OpenApiError} where `pointer` leads to no object. */
  constructor(bundle: Bundle, pointer: string) {
    const { pointer: end, node } = follow(bundle, pointer);
    if (!isObject(node)) throw mistakeAt(bundle, end, `expected an object, got ${show(node)}`);
    this.bundle = bundle;
    this.pointer = end;
    this.node = node;
  }

  /** A member that is an object; undefined where there is none. */
  child(key: string): Site | undefined {
    return Object.hasOwn(this.node, key) ? this.#at(key) : undefined;
  }

  /** The members of a map, by name; only those whose name fits the pattern, where the map has others too. */
  entries(pattern = /^/): [name: string, site: Site][] {
    return Object.keys(this.node)
      .filter((name) => pattern.test(name))
      .map((name) => [name, this.#at(name)]);
  }

  /** The objects in the list that a member is; none where there is no such member. */
  list(key: string): Site[] {
    const list = this.node[key];
    const pointer = joinPointer(this.pointer, key);
    return Array.isArray(list) ? list.map((_, index) => new Site(this.bundle, joinPointer(pointer, index))) : [];
  }

  /** Where the schema in `schema` stands, if there is one; not followed, for there may be more beside a reference. */
  get schema(): string | undefined {
    return Object.hasOwn(this.node, "schema") ? joinPointer(this.pointer, "schema") : undefined;
  }

  #at(key: string): Site {
    return new Site(this.bundle, joinPointer(this.pointer, key));
  }
}

/** What a pointer leads to once every reference is followed. */
export function follow(bundle: Bundle, pointer: string): { readonly pointer: string; readonly node: unknown } {
  const seen = new Set<string>();
  for (let at = pointer; ; ) {
    const node = valueAt(bundle.document, at);
    if (!isObject(node) || typeof node.$ref !== "string") return { pointer: at, node };
    if (seen.has(at)) throw mistakeAt(bundle, at, "expected `$ref` to lead somewhere, got a circle");
    seen.add(at);
    at = targetOfReference(bundle, node.$ref, at);
  }
}

/** The pointer in a `$ref` of the object at `pointer`. */
export function targetOfReference(bundle: Bundle, reference: string, pointer: string): string {
  const target = reference.startsWith("#") ? pointerOfFragment(reference.slice(1)) : undefined;
  if (target !== undefined && valueAt(bundle.document, target) !== undefined) return target;
  throw mistakeAt(bundle, pointer, `expected \`$ref\` to name something that exists, got ${show(reference)}`);
}

/** The error for one mistake at a pointer of the document. */
export function mistakeAt({ origins }: Bundle, pointer: string, message: string, cause?: unknown): OpenApiError {
  return new OpenApiError([origins.mistake(pointer, message)], { cause });
}

import { isObject, type JsonObject } from "../json.ts";
import { segmentsOf, valueAt } from "../pointer.ts";
import { show } from "../show.ts";
import { mistakeAt } from "../site.ts";
import type { Bundle } from "../source/bundle.ts";
import type { Direction } from "../types.ts";
import { type Converted, Converter, type Home, type Resources } from "./converter.ts";
import { typeNames } from "./finding.ts";

/** A converted schema with an id of its own. */
export interface Resource {
  readonly id: string;
  readonly schema: Converted;
  /** What to call it in a list of alternatives. */
  readonly label: string;
}

interface Entry extends Resource {
  schema: Converted;
  readonly pointer: string;
  /** Resources that it applies to its own value, */
  readonly applied: Set<Entry>;
  /** and those that it applies to that or to any part of it. */
  readonly used: Set<Entry>;
  /** Alternatives of which any may have to be tried. */
  readonly unions: (readonly string[])[];
  /** Whether more than one of some alternatives contains it again; found out when it is asked. */
  explosive: boolean | undefined;
}

/** The converted schemas of a document for one direction, each converted when it is first asked for. */
export class ResourceTable implements Resources {
  readonly #bundle: Bundle;
  readonly #converter: Converter;
  readonly #byPointer = new Map<string, Entry>();
  readonly #byId = new Map<string, Entry>();
  #fresh: Entry[] = [];
  /** Those of the fresh ones that were only named so far. */
  #unconverted: Entry[] = [];

  constructor(bundle: Bundle, direction: Direction) {
    this.#bundle = bundle;
    this.#converter = new Converter(bundle, direction, this);
  }

  /** The resource for the schema at a pointer, and all that came into being with it. */
  add(pointer: string): { readonly id: string; readonly fresh: readonly Resource[] } {
    try {
      const { id } = this.#get(pointer);
      // One after the other, for a chain of references may be longer than the stack. The list grows on the way.
      for (const entry of this.#unconverted) {
        entry.schema = this.#converter.convert(entry.pointer, { id: entry.id, whole: true });
      }
      for (const entry of this.#fresh) this.#refuseLoop(entry);
      return { id, fresh: this.#fresh };
    } catch (error) {
      // Half of a schema must not pass for a whole one when it is asked for again.
      for (const { id, pointer } of this.#fresh) {
        this.#byId.delete(id);
        this.#byPointer.delete(pointer);
      }
      throw error;
    } finally {
      this.#fresh = [];
      this.#unconverted = [];
    }
  }

  label(id: string): string {
    return this.#byId.get(id)?.label ?? id;
  }

  at(pointer: string, home: Home): string {
    const entry = this.#get(pointer);
    const user = this.#byId.get(home.id);
    user?.used.add(entry);
    if (home.whole) user?.applied.add(entry);
    return entry.id;
  }

  union(pointers: readonly string[], home: Home): string[] {
    const ids = pointers.map((pointer) => this.at(pointer, home));
    this.#byId.get(home.id)?.unions.push(ids);
    return ids;
  }

  make(schema: Converted, pointer: string): string {
    return this.#register(schema, pointer).id;
  }

  /**
   * Whether a resource contains alternatives of which more than one contains it again. To find all faults of a value
   * every one would be followed at every level, and so twice as many values looked at for each level more.
   */
  isExplosive(id: string): boolean {
    const start = this.#byId.get(id);
    if (start === undefined) return false;
    return [start, ...reachable(start)].some((entry) => {
      entry.explosive ??= entry.unions.some((ids) => this.#recurring(entry, ids) > 1);
      return entry.explosive;
    });
  }

  /** How many alternatives of an entry contain it. */
  #recurring(entry: Entry, ids: readonly string[]): number {
    const branches = ids.flatMap((id) => this.#byId.get(id) ?? []);
    return branches.filter((branch) => branch === entry || reachable(branch).has(entry)).length;
  }

  #get(pointer: string): Entry {
    return this.#byPointer.get(pointer) ?? this.#name(pointer);
  }

  #name(pointer: string): Entry {
    const entry = this.#register(true, pointer);
    this.#byPointer.set(pointer, entry);
    this.#unconverted.push(entry);
    return entry;
  }

  #register(schema: Converted, pointer: string): Entry {
    const id = `urocket:${this.#byId.size}`;
    const label = labelOf(valueAt(this.#bundle.document, pointer), pointer);
    const entry: Entry = {
      id,
      schema,
      pointer,
      label,
      applied: new Set(),
      used: new Set(),
      unions: [],
      explosive: undefined,
    };
    this.#byId.set(id, entry);
    this.#fresh.push(entry);
    return entry;
  }

  /** A schema that applies itself to the value it is asked about would never come to an end. */
  #refuseLoop(entry: Entry): void {
    if (!reachable(entry, "applied").has(entry)) return;
    const message = "expected a schema that ends, got one that applies itself to the same value";
    throw mistakeAt(this.#bundle, entry.pointer, message);
  }
}

function reachable(start: Entry, by: "applied" | "used" = "used"): Set<Entry> {
  const seen = new Set<Entry>();
  const open = [...start[by]];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    if (seen.has(entry)) continue;
    seen.add(entry);
    open.push(...entry[by]);
  }
  return seen;
}

function labelOf(node: unknown, pointer: string): string {
  const reference = isObject(node) && typeof node.$ref === "string" ? node.$ref : pointer;
  const name = /^#?\/components\/schemas\/[^/]+$/.test(reference)
    ? segmentsOf(reference.replace(/^#/, "")).at(-1)
    : undefined;
  return name ?? titleOf(isObject(node) ? node : {}) ?? segmentsOf(pointer).slice(-2).join(" ");
}

function titleOf({ title, type, const: value, enum: values }: JsonObject): string | undefined {
  if (typeof title === "string") return title;
  if (value !== undefined) return show(value);
  if (Array.isArray(values) && values.length === 1) return show(values[0]);
  return type === undefined ? undefined : typeNames([type].flat().map(String));
}

import { Defaults, type Fill } from "./schema/defaults.ts";
import { type Check, SchemaSet } from "./schema/schema-set.ts";
import { Shape } from "./schema/shape.ts";
import { mistakeAt } from "./site.ts";
import type { Bundle } from "./source/bundle.ts";
import type { Direction } from "./types.ts";

/** What is known of the values of one schema. */
export interface ValueRules {
  /** What text has to be turned into. */
  readonly shape: Shape;
  readonly check: Check;
  /** Fills in defaults, if the schema has any below itself and they are wanted. */
  readonly fill: Fill | undefined;
  /** A fresh copy of the default of the value itself; undefined where there is none. */
  substitute(): unknown;
}

/** Compiles the schemas of one document for one direction, each once. */
export class Compiler {
  readonly bundle: Bundle;
  readonly #schemas: SchemaSet;
  /** Only requests are completed: a reply is the process's own. */
  readonly #defaults: Defaults | undefined;

  constructor(bundle: Bundle, direction: Direction) {
    this.bundle = bundle;
    this.#schemas = new SchemaSet(bundle, direction);
    this.#defaults = direction === "request" ? new Defaults(bundle) : undefined;
  }

  /**
   * The rules for a value that is called `name`, by the schema at a pointer; without one, anything goes. Throws
   * OpenApiError for a schema that can't be compiled.
   */
  rules(pointer: string | undefined, name: string): ValueRules {
    if (pointer === undefined) return { shape: new Shape(this.bundle, []), check: pass, fill: undefined, substitute };
    try {
      const shape = new Shape(this.bundle, [pointer]);
      const fill = this.#defaults?.fillOf(pointer);
      const check = this.#schemas.check(pointer, name);
      return { shape, check, fill, substitute: () => this.#defaults?.valueOf(pointer) };
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw mistakeAt(this.bundle, pointer, "expected a schema that leads to others over fewer steps", cause);
    }
  }
}

function pass(): undefined {
  return undefined;
}

function substitute(): undefined {
  return undefined;
}

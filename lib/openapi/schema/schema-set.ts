import type { ValidateFunction } from "ajv";
import type { Ajv2020 } from "ajv/dist/2020.js";
import { OpenApiError } from "../error.ts";
import { mistakeAt } from "../site.ts";
import type { Bundle } from "../source/bundle.ts";
import type { Direction } from "../types.ts";
import { createAjv } from "./ajv.ts";
import { compileAll } from "./compile-all.ts";
import { explain, explainFirst, type Schemas } from "./explain.ts";
import type { Finding } from "./finding.ts";
import { ResourceTable } from "./resources.ts";

/**
 * Checks a value; undefined when it is valid. A `large` value is told its first fault only. Throws a RangeError for one that
 * is nested deeper than the stack is.
 */
export type Check = (value: unknown, large: boolean) => readonly Finding[] | undefined;

/** The schemas of a document, compiled for one direction. */
export class SchemaSet {
  readonly #bundle: Bundle;
  readonly #resources: ResourceTable;
  readonly #brief = createAjv(false);
  readonly #thorough = createAjv(true);
  readonly #checks = new Map<string, Check>();

  constructor(bundle: Bundle, direction: Direction) {
    this.#bundle = bundle;
    this.#resources = new ResourceTable(bundle, direction);
  }

  /** The check for the schema at a pointer. `name` is what the value is called, to know a secret. Throws OpenApiError. */
  check(pointer: string, name: string): Check {
    const key = `${pointer} ${name}`;
    const known = this.#checks.get(key);
    if (known !== undefined) return known;
    const { id, fresh } = this.#resources.add(pointer);
    for (const resource of fresh) {
      this.#brief.addSchema(resource.schema, resource.id);
      this.#thorough.addSchema(resource.schema, resource.id);
    }
    const ids = fresh.map((resource) => resource.id);
    const brief = this.#compile(this.#brief, ids, id, pointer);
    const thorough = this.#resources.isExplosive(id) ? undefined : this.#compile(this.#thorough, ids, id, pointer);
    const check: Check = (value, large) => {
      if (brief(value)) return undefined;
      const errors = brief.errors ?? [];
      const all = large || thorough === undefined ? undefined : this.#explainAll(thorough, value, name);
      if (all !== undefined && all.length > 0) return all;
      return explainFirst(errors, name, this.#schemas(this.#brief));
    };
    this.#checks.set(key, check);
    return check;
  }

  #explainAll(thorough: ValidateFunction, value: unknown, name: string): readonly Finding[] | undefined {
    try {
      return thorough(value) ? undefined : explain(thorough.errors ?? [], name, this.#schemas(this.#thorough));
    } catch (error) {
      // Where an alternative failed, ajv 8.20 goes on with `patternProperties` into a variable that it has not set; one
      // fault is known without it.
      if (error instanceof TypeError) return undefined;
      throw error;
    }
  }

  #compile(ajv: Ajv2020, fresh: readonly string[], id: string, pointer: string): ValidateFunction {
    try {
      compileAll(ajv, fresh);
      return this.#validator(ajv, id);
    } catch (cause) {
      if (cause instanceof OpenApiError) throw cause;
      throw mistakeAt(
        this.#bundle,
        pointer,
        `expected a schema that can be compiled: ${(cause as Error).message}`,
        cause,
      );
    }
  }

  #schemas(ajv: Ajv2020): Schemas {
    return { validator: (id) => this.#validator(ajv, id), label: (id) => this.#resources.label(id) };
  }

  #validator(ajv: Ajv2020, id: string): ValidateFunction {
    const validator = ajv.getSchema(id);
    if (validator === undefined) throw new Error(`no schema ${id}`);
    return validator;
  }
}

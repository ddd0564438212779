import type { Kind } from "./kinds.ts";

/** The part of JSON Schema that the configuration is described in, with three words of our own. */
export interface Schema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly items?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  /** What the value is, in a word of `kinds.ts`, which also checks it. */
  readonly kind?: Kind;
  /** What messages call a key of this map. */
  readonly keys?: string;
  /** What holds where the key is absent, when that is no constant. */
  readonly otherwise?: string;
}

import type { Schema } from "./schema-type.ts";

/** A kind of value that more than one key has. */
export const TEXT = { kind: "a non-empty string", type: "string" } as const satisfies Schema;

/** See {@link TEXT}. */
export const DURATION = {
  kind: "a duration from 0 to 24 days such as 1500 or 2m",
  type: ["number", "string"],
} as const satisfies Schema;

/** See {@link TEXT}. */
export const SIZE = { kind: "a size such as 65536 or 64KiB", type: ["number", "string"] } as const satisfies Schema;

/** See {@link TEXT}. */
export const SIZE_ABOVE_0 = {
  kind: "a size above 0 such as 65536 or 64KiB",
  type: ["number", "string"],
} as const satisfies Schema;

/** See {@link TEXT}. */
export const COUNT = { kind: "a whole number, 0 or more", type: ["integer", "string"] } as const satisfies Schema;

/** See {@link TEXT}. */
export const COUNT_ABOVE_0 = { kind: "a whole number above 0", type: ["integer", "string"] } as const satisfies Schema;

/** See {@link TEXT}. */
export const IDENTITY = { kind: "a name or an id", type: ["string", "integer"] } as const satisfies Schema;

import type { Shape } from "../schema/shape.ts";
import { readDeepObject } from "./deep-object.ts";
import { alternating, type Decode, list } from "./delimited.ts";
import type { Fields } from "./fields.ts";
import type { Tree } from "./tree.ts";
import type { Want } from "./want.ts";

/** How a value is written in the fields of a query, a form or cookies. */
export interface FieldStyle {
  readonly name: string;
  readonly style: string;
  readonly explode: boolean;
  readonly want: Want;
  readonly shape: Shape;
  readonly decode: Decode;
  /** Names that belong to others: they are not members of this object, however open it is. */
  readonly others: ReadonlySet<string>;
}

/** Finds a value among fields and takes it apart; undefined where it is absent. Throws Malformed. */
export function readFields(fields: Fields, how: FieldStyle): Tree | undefined {
  if (how.style === "deepObject") return readDeepObject(fields, how);
  if (how.want === "object" && how.explode) return readMembers(fields, how);
  const values = fields.get(how.name);
  if (values === undefined) return undefined;
  const [value = ""] = values;
  // A value that came twice is a list, which the schema of a single value refuses.
  if (how.want === "scalar") return values.length === 1 ? how.decode(value) : list(values, how.decode);
  if (how.want === "array" && how.explode) return readItems(values, how);
  const pieces = values.flatMap((text) => text.split(DELIMITERS[how.style] ?? ","));
  return how.want === "array" ? readItems(pieces, how) : alternating(pieces, how.decode);
}

/** Blanks and bars are not allowed in a query as they are, but callers send them. */
const DELIMITERS: Readonly<Record<string, RegExp>> = { spaceDelimited: /%20|\+| /, pipeDelimited: /%7C|\|/i };

/** `ids=` is a list of one empty text where there can be one, and an empty list where there can't. */
function readItems(pieces: readonly string[], { shape, decode }: FieldStyle): Tree {
  if (pieces.length === 1 && pieces[0] === "" && !shape.item(0).kinds.has("string")) return [];
  return list(pieces, decode);
}

/** The members of an exploded object are fields of their own. */
function readMembers(fields: Fields, { shape, decode, others }: FieldStyle): Tree | undefined {
  const members = new Map<string, Tree>();
  const known = new Set(shape.names);
  for (const [name, values] of fields) {
    if (!known.has(name) && (others.has(name) || !shape.takes(name))) continue;
    const [value = ""] = values;
    const single = values.length === 1 && !shape.member(name).kinds.has("array");
    members.set(name, single ? decode(value) : list(values, decode));
  }
  return members.size === 0 ? undefined : members;
}

import type { ValueRules } from "../compiler.ts";
import { Malformed } from "../malformed.ts";
import { type Coerced, coerce } from "../parameter/coerce.ts";
import { type FieldStyle, readFields } from "../parameter/field-style.ts";
import { type Fields, parseFields } from "../parameter/fields.ts";
import { formDecode, percentDecode } from "../parameter/percent.ts";
import { Ready, type Tree } from "../parameter/tree.ts";
import { wantOf } from "../parameter/want.ts";
import { joinPointer } from "../pointer.ts";
import type { Site } from "../site.ts";
import { isJson, parseMediaType } from "./media-type.ts";

/** Reads the text of a form; throws Malformed. */
export type ReadForm = (text: string) => Coerced;

/** Compiles the reading of forms: what each property of the schema is written like, as its `encoding` says. */
export function compileForm({ shape }: ValueRules, encoding: Site | undefined): ReadForm {
  const names = new Set(shape.names);
  const properties = [...names].map((name) => {
    const others = new Set([...names].filter((other) => other !== name));
    return compileProperty(name, { shape: shape.member(name), others }, encoding?.child(name));
  });
  return (text) => {
    const fields = parseFields(text);
    const tree = new Map<string, Tree>();
    for (const [name, values] of fields) {
      if (names.has(name) || properties.some(({ owns }) => owns(name))) continue;
      const [first = ""] = values;
      tree.set(
        name,
        at(name, () => (values.length === 1 ? formDecode(first) : values.map(formDecode))),
      );
    }
    for (const { name, read } of properties) {
      const value = at(name, () => read(fields));
      if (value !== undefined) tree.set(name, value);
    }
    return coerce(tree, shape);
  };
}

/** What can't be read is told with its place. */
function at<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Malformed ? error.unlessSecret(name, joinPointer("", name)) : error;
  }
}

interface Property {
  readonly name: string;
  /** Whether a field of another name is a part of it. */
  owns(field: string): boolean;
  read(fields: Fields): Tree | undefined;
}

function compileProperty(
  name: string,
  { shape, others }: Pick<FieldStyle, "shape" | "others">,
  encoding: Site | undefined,
): Property {
  const node = encoding?.node ?? {};
  const style = typeof node.style === "string" ? node.style : "form";
  const explode = typeof node.explode === "boolean" ? node.explode : style === "form";
  const decode = node.allowReserved === true ? percentDecode : formDecode;
  const how: FieldStyle = { name, style, explode, want: wantOf(shape), shape, others, decode };
  const exploded = how.want === "object" && explode && style === "form";
  const members = new Set(exploded ? [...shape.names].filter((member) => !others.has(member)) : []);
  // With a style of its own a property has no content type.
  const styled = ["style", "explode", "allowReserved"].some((key) => node[key] !== undefined);
  const declared = typeof node.contentType === "string" ? isJson(parseMediaType(node.contentType)) : undefined;
  // What is not said is guessed from the schema: objects in a form are JSON, alone or in a list.
  const json = !styled && (declared ?? (how.want === "object" || wantOf(shape.item(0)) === "object"));
  return {
    name,
    owns: (field) => (style === "deepObject" ? field.startsWith(`${name}[`) : members.has(field)),
    read: (fields) => {
      const values = json ? fields.get(name) : undefined;
      if (values === undefined) return readFields(fields, how);
      const [first = ""] = values;
      if (values.length > 1) return values.map((value) => jsonOrText(value, how));
      const value = jsonOrText(first, how);
      // A list of one may be written as its item.
      return how.want === "array" && !(value instanceof Ready && Array.isArray(value.value)) ? [value] : value;
    },
  };
}

/** Text that is no JSON stays text, for the schema to refuse or not. */
function jsonOrText(text: string, { decode }: FieldStyle): Ready | string {
  const decoded = decode(text);
  try {
    return new Ready(JSON.parse(decoded));
  } catch {
    return decoded;
  }
}

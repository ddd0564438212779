import { isObject, type JsonObject } from "../../openapi/json.ts";
import { membersOf, resolve } from "./references.ts";

/** A value for whatever has `example`, `examples` or a schema, as parameters and media types do. */
export function exampleOf(document: JsonObject, node: JsonObject): unknown {
  if (node.example !== undefined) return node.example;
  const [first] = membersOf(document, node.examples);
  if (first?.[1].value !== undefined) return first[1].value;
  return ofSchema({ document, left: MOST_SCHEMAS }, node.schema, 0);
}

/** A document, and how many of its schemas are still looked at for this example. */
interface Search {
  readonly document: JsonObject;
  left: number;
}

/** A value that a schema allows as far as it is easily seen: its own example, else one of its type. */
function ofSchema(search: Search, node: unknown, depth: number): unknown {
  if (search.left-- <= 0) return null;
  const schema = resolve(search.document, node);
  const given = [schema.example, listed(schema.examples), schema.const, schema.default, listed(schema.enum)];
  const found = given.find((value) => value !== undefined);
  if (found !== undefined || depth > DEEPEST) return found ?? null;
  const whole = listed(schema.allOf) ?? listed(schema.oneOf) ?? listed(schema.anyOf);
  if (schema.properties !== undefined || (typeOf(schema) === "object" && whole === undefined)) {
    return objectOf(search, schema, depth);
  }
  if (Array.isArray(schema.allOf)) return merged(search, schema.allOf, depth);
  if (whole !== undefined) return ofSchema(search, whole, depth + 1);
  if (typeOf(schema) === "array") return [ofSchema(search, schema.items, depth + 1)];
  return SIMPLE[typeOf(schema)]?.(schema) ?? null;
}

function objectOf(search: Search, schema: JsonObject, depth: number): JsonObject {
  const members = membersOf(search.document, schema.properties).filter(([, { readOnly }]) => readOnly !== true);
  const required = Array.isArray(schema.required) ? schema.required : [];
  const needed = members.filter(([name]) => required.includes(name));
  const shown = needed.length > 0 ? needed : members;
  return Object.fromEntries(shown.map(([name, member]) => [name, ofSchema(search, member, depth + 1)]));
}

function merged(search: Search, parts: readonly unknown[], depth: number): unknown {
  const values = parts.map((part) => ofSchema(search, part, depth + 1));
  const objects = values.filter(isObject);
  return objects.length === 0 ? values[0] : Object.fromEntries(objects.flatMap((value) => Object.entries(value)));
}

function typeOf({ type }: JsonObject): string {
  return String(Array.isArray(type) ? type.find((each) => each !== "null") : type);
}

function listed(values: unknown): unknown {
  return Array.isArray(values) ? values[0] : undefined;
}

const SIMPLE: Readonly<Record<string, (schema: JsonObject) => unknown>> = {
  string: ({ format }) => FORMATS[String(format)] ?? "string",
  integer: ({ minimum }) => (typeof minimum === "number" ? Math.ceil(minimum) : 1),
  number: ({ minimum }) => (typeof minimum === "number" ? minimum : 1),
  boolean: () => true,
};

const FORMATS: Readonly<Record<string, string>> = {
  date: "2026-01-31",
  "date-time": "2026-01-31T12:00:00Z",
  email: "somebody@example.com",
  uri: "https://example.com/",
  uuid: "0b9d5a3e-6f0c-4f6e-9f5a-0d1c5b2e7a11",
};

/** A schema that holds itself is cut here, and schemas that hold each other, of which there soon are millions, there. */
const DEEPEST = 6;
const MOST_SCHEMAS = 500;

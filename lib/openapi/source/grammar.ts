import { VERBS } from "../../core/message.ts";
import { isObject } from "../json.ts";
import { joinPointer } from "../pointer.ts";

/** The kinds of objects that a document consists of, as far as references can stand in them. */
export type Kind =
  | "document"
  | "components"
  | "pathItem"
  | "operation"
  | "callback"
  | "parameter"
  | "header"
  | "requestBody"
  | "response"
  | "mediaType"
  | "encoding"
  | "schema"
  | "example"
  | "link"
  | "securityScheme";

/** A child of an object of the document. */
export interface Child {
  readonly node: unknown;
  readonly kind: Kind;
  readonly pointer: string;
}

/**
 * The children of an object of a given kind. What stands elsewhere (examples, enums, extensions) is somebody's data:
 * a `$ref` in it is no reference.
 */
export function* childrenOf(node: unknown, kind: Kind, pointer: string): Generator<Child> {
  if (!isObject(node)) return;
  for (const [key, many, child] of GRAMMAR[kind]) {
    if (key !== undefined && !Object.hasOwn(node, key)) continue;
    const value = key === undefined ? node : node[key];
    const place = key === undefined ? pointer : joinPointer(pointer, key);
    if (many === "one") {
      yield { node: value, kind: child, pointer: place };
    } else if (many === "list" ? Array.isArray(value) : isObject(value)) {
      for (const [name, item] of Object.entries(value as object)) {
        yield { node: item, kind: child, pointer: joinPointer(place, name) };
      }
    }
  }
}

/** Where components of a kind stand under `components`; path items have no such place in 3.0. */
export const SECTIONS: Partial<Record<Kind, string>> = {
  callback: "callbacks",
  parameter: "parameters",
  header: "headers",
  requestBody: "requestBodies",
  response: "responses",
  schema: "schemas",
  example: "examples",
  link: "links",
  securityScheme: "securitySchemes",
};

/** A key, what its value holds (one object, or several in a map or list), and their kind; without a key, the object is the map. */
type Rule = readonly [key: string | undefined, many: "one" | "map" | "list", kind: Kind];

const CONTENT: readonly Rule[] = [
  ["schema", "one", "schema"],
  ["content", "map", "mediaType"],
  ["examples", "map", "example"],
];

const GRAMMAR: Readonly<Record<Kind, readonly Rule[]>> = {
  // Components first: what a reference of the document names by itself keeps its name.
  document: [
    ["components", "one", "components"],
    ["paths", "map", "pathItem"],
    ["webhooks", "map", "pathItem"],
  ],
  components: [
    ...Object.entries(SECTIONS).map(([kind, section]): Rule => [section, "map", kind as Kind]),
    ["pathItems", "map", "pathItem"],
  ],
  pathItem: [["parameters", "list", "parameter"], ...VERBS.map((verb): Rule => [verb, "one", "operation"])],
  operation: [
    ["parameters", "list", "parameter"],
    ["requestBody", "one", "requestBody"],
    ["responses", "map", "response"],
    ["callbacks", "map", "callback"],
  ],
  callback: [[undefined, "map", "pathItem"]],
  parameter: CONTENT,
  header: CONTENT,
  requestBody: [["content", "map", "mediaType"]],
  response: [
    ["headers", "map", "header"],
    ["content", "map", "mediaType"],
    ["links", "map", "link"],
  ],
  mediaType: [
    ["schema", "one", "schema"],
    ["encoding", "map", "encoding"],
    ["examples", "map", "example"],
  ],
  encoding: [["headers", "map", "header"]],
  schema: [
    ...["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"].map(
      (key): Rule => [key, "map", "schema"],
    ),
    ...["allOf", "anyOf", "oneOf", "prefixItems"].map((key): Rule => [key, "list", "schema"]),
    ...[
      ...["items", "additionalProperties", "contains", "propertyNames", "not", "if", "then", "else"],
      ...["unevaluatedItems", "unevaluatedProperties", "contentSchema"],
    ].map((key): Rule => [key, "one", "schema"]),
  ],
  example: [],
  link: [],
  securityScheme: [],
};

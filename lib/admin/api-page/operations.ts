import { VERBS, type Verb } from "../../core/message.ts";
import { isObject, type JsonObject } from "../../openapi/json.ts";
import { membersOf, resolve } from "./references.ts";

/** An operation of a document with all that belongs to it, `$ref`s at its top followed. */
export interface ApiOperation {
  readonly verb: Verb;
  readonly path: string;
  readonly node: JsonObject;
  /** Its own parameters and those of its path. */
  readonly parameters: readonly JsonObject[];
  /** Undefined when it takes none. */
  readonly requestBody: JsonObject | undefined;
  /** By status, `2XX` or `default`. */
  readonly responses: readonly (readonly [status: string, response: JsonObject])[];
  /** The first of what it asks of its callers: schemes by name; none for nothing. */
  readonly security: readonly (readonly [name: string, scheme: JsonObject])[];
  /** The first of its servers, of those of its path, or of the document. */
  readonly server: JsonObject | undefined;
}

/** The operations of a document, in its order. */
export function operationsOf(document: JsonObject): ApiOperation[] {
  return membersOf(document, document.paths).flatMap(([path, item]) =>
    VERBS.flatMap((verb) => (isObject(item[verb]) ? [operationOf(document, path, item, verb, item[verb])] : [])),
  );
}

function operationOf(document: JsonObject, path: string, item: JsonObject, verb: Verb, node: JsonObject): ApiOperation {
  return {
    verb,
    path,
    node,
    parameters: parametersOf(document, item.parameters, node.parameters),
    requestBody: node.requestBody === undefined ? undefined : resolve(document, node.requestBody),
    responses: membersOf(document, node.responses),
    security: securityOf(document, node.security ?? document.security),
    server: [node.servers, item.servers, document.servers].flatMap((list) => objectsOf(list))[0],
  };
}

/** A parameter of an operation replaces one of its path that has its name and place. */
function parametersOf(document: JsonObject, shared: unknown, own: unknown): JsonObject[] {
  const all = [...objectsOf(shared), ...objectsOf(own)].map((node) => resolve(document, node));
  return [...new Map(all.map((node) => [`${node.in} ${node.name}`, node])).values()];
}

function securityOf(document: JsonObject, requirements: unknown): [name: string, scheme: JsonObject][] {
  const [first = {}] = objectsOf(requirements);
  const schemes = isObject(document.components) ? document.components.securitySchemes : undefined;
  return membersOf(document, schemes).filter(([name]) => Object.hasOwn(first, name));
}

function objectsOf(list: unknown): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

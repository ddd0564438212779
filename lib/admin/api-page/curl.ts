import { isObject, type JsonObject } from "../../openapi/json.ts";
import { exampleOf } from "./example.ts";
import type { ApiOperation } from "./operations.ts";
import { membersOf } from "./references.ts";
import { serverUrl } from "./server-url.ts";

/** A command line that asks for an operation, with examples for all that it needs. `front` is where callers come in. */
export function curlLine(document: JsonObject, operation: ApiOperation, front: string): string {
  const { verb, requestBody } = operation;
  const { url, options } = serverUrl(operation.server, front);
  const method = verb === "get" ? [] : verb === "head" ? ["-I"] : ["-X", verb.toUpperCase()];
  const words = [
    ...method,
    ...options.map(quoted),
    quoted(url + target(document, operation)),
    ...fields(document, operation),
    ...operation.security.flatMap(([, scheme]) => credentials(scheme)),
    ...(requestBody === undefined ? [] : body(document, requestBody)),
  ];
  return ["curl", ...words].join(" ");
}

function target(document: JsonObject, { path, parameters }: ApiOperation): string {
  const filled = path.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const parameter = parameters.find((each) => each.in === "path" && each.name === name);
    return encodeURIComponent(parameter === undefined ? name : text(exampleOf(document, parameter)));
  });
  const query = needed(parameters, "query").map((parameter): [string, string] => [
    String(parameter.name),
    text(exampleOf(document, parameter)),
  ]);
  return query.length === 0 ? filled : `${filled}?${new URLSearchParams(query)}`;
}

function fields(document: JsonObject, { parameters }: ApiOperation): string[] {
  const value = (parameter: JsonObject) => text(exampleOf(document, parameter));
  return [
    ...needed(parameters, "header").flatMap((each) => ["-H", quoted(`${each.name}: ${value(each)}`)]),
    ...needed(parameters, "cookie").flatMap((each) => ["-b", quoted(`${each.name}=${value(each)}`)]),
  ];
}

function needed(parameters: readonly JsonObject[], place: string): JsonObject[] {
  return parameters.filter((parameter) => parameter.in === place && parameter.required === true);
}

/** Secrets come from variables: they are nobody's to guess, and no history of a shell is to have them. */
function credentials({ type, scheme, in: place, name }: JsonObject): string[] {
  if (type === "http" && String(scheme).toLowerCase() === "basic") return ["-u", '"$CREDENTIALS"'];
  if (type === "apiKey" && place === "header") return ["-H", `${quoted(`${name}: `)}"$SECRET"`];
  if (type === "apiKey" && place === "cookie") return ["-b", `${quoted(`${name}=`)}"$SECRET"`];
  if (type === "apiKey") return ["--url-query", `${quoted(`${name}=`)}"$SECRET"`];
  return ["-H", '"authorization: Bearer $TOKEN"'];
}

function body(document: JsonObject, { content }: JsonObject): string[] {
  const types = membersOf(document, content);
  const [type, media] = types.find(([name]) => isJson(name)) ?? types[0] ?? [];
  if (type === undefined || media === undefined) return [];
  const example = exampleOf(document, media);
  const members = isObject(example) ? Object.entries(example).map(field) : [];
  if (type === "multipart/form-data") return members.flatMap(([name, value]) => ["-F", quoted(`${name}=${value}`)]);
  if (type === "application/x-www-form-urlencoded") return ["-d", quoted(new URLSearchParams(members).toString())];
  const header = type.includes("*") ? [] : ["-H", quoted(`content-type: ${type}`)];
  if (isJson(type)) return [...header, "-d", quoted(JSON.stringify(example ?? {}))];
  return [...header, "--data-binary", typeof example === "string" ? quoted(example) : "@file"];
}

function field([name, value]: [string, unknown]): [string, string] {
  return [name, text(value)];
}

function isJson(type: string): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\b/i.test(type);
}

function text(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "");
}

/** One word of a shell; what controls a terminal is no part of an example. */
function quoted(word: string): string {
  return `'${word.replaceAll(/\p{Cc}/gu, " ").replaceAll("'", "'\\''")}'`;
}

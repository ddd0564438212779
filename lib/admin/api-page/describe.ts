import type { JsonObject } from "../../openapi/json.ts";
import { securityOf } from "./describe-auth.ts";
import { describePath, parametersOf } from "./describe-parameters.ts";
import { PROBLEM, responsesOf } from "./describe-responses.ts";
import type { DescribedRoute } from "./described-route.ts";

/** An OpenAPI document of routes, for a configuration that names none: what can be known of them without asking. */
export function describeRoutes(title: string, routes: readonly DescribedRoute[], front: string): JsonObject {
  const paths: Record<string, JsonObject> = {};
  const securitySchemes: JsonObject = {};
  for (const route of routes) {
    const { path, verb, auth } = route;
    const security = auth === undefined ? undefined : securityOf(auth);
    if (security !== undefined) securitySchemes[security.name] = security.scheme;
    const key = describePath(path);
    paths[key] ??= {};
    paths[key][verb] = {
      summary: `Runs ${route.inject.cmd[0]}`,
      ...(security && { security: [{ [security.name]: [] }] }),
      parameters: parametersOf(route),
      ...requestBodyOf(route),
      responses: responsesOf(route),
    };
  }
  const description = "Made from the configuration, without an OpenAPI document: bodies may be anything.";
  return {
    openapi: "3.1.0",
    info: { title, version: "0", description },
    ...(front.startsWith("unix:") ? {} : { servers: [{ url: front }] }),
    paths,
    components: { schemas: { Problem: PROBLEM }, ...(Object.keys(securitySchemes).length > 0 && { securitySchemes }) },
  };
}

/** With parameters in the body's place, and with verbs that usually have none, a body is of no use. */
function requestBodyOf({ verb, urlParamMode, inject: { encoding } }: DescribedRoute): object {
  if (urlParamMode || !["post", "put", "patch"].includes(verb)) return {};
  return { requestBody: { content: Object.fromEntries(TYPES[encoding].map((type) => [type, {}])) } };
}

const TYPES = {
  json: ["application/json"],
  form: ["application/x-www-form-urlencoded", "application/json"],
  text: ["text/plain"],
  base64: ["*/*"],
} as const;

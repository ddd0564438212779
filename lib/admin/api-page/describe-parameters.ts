import { parseTemplate, placeholderMember } from "../../core/template.ts";
import { parsePathTemplate } from "../../gateway/path-template.ts";
import type { JsonObject } from "../../openapi/json.ts";
import type { DescribedRoute } from "./described-route.ts";

/** A path key as OpenAPI has it, which knows no `/*`: a parameter stands for everything below. */
export function describePath(path: string): string {
  return path.endsWith("/*") ? `${path.slice(0, -1)}{${restName(path)}}` : path;
}

/** The parameters in the path of a route, and those that its command and environment take from query and headers. */
export function parametersOf({ path, inject: { cmd, env } }: DescribedRoute): JsonObject[] {
  const { segments, prefix } = parsePathTemplate(path);
  const names = segments.flatMap((segment) => ("param" in segment ? [segment.param] : []));
  const rest = { ...parameter("path", restName(path), true), description: "All that is below, slashes too." };
  const used = new Map<string, JsonObject>();
  for (const part of [...cmd, ...env].flatMap(parseTemplate)) {
    const found = part.kind === "placeholder" ? placeholderMember(part.name) : undefined;
    if (found === undefined || found.family === "param" || UNNAMED.has(found.member)) continue;
    used.set(`${found.family} ${found.member}`, parameter(found.family, found.member, false));
  }
  return [...names.map((name) => parameter("path", name, true)), ...(prefix ? [rest] : []), ...used.values()];
}

function parameter(place: "path" | "query" | "header", name: string, required: boolean): JsonObject {
  return { name, in: place, required, schema: { type: "string" } };
}

/** A name that no parameter of the path has. */
function restName(path: string): string {
  let name = "rest";
  while (path.includes(`{${name}}`)) name = `_${name}`;
  return name;
}

/** Headers that OpenAPI has other places for. */
const UNNAMED: ReadonlySet<string> = new Set(["accept", "content-type", "authorization"]);

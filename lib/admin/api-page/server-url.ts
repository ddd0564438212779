import type { JsonObject } from "../../openapi/json.ts";
import { isObject } from "../../openapi/json.ts";

/** Where a server of a document is for curl: its address without a slash at the end, and options to get there. */
export interface ServerPlace {
  readonly url: string;
  readonly options: readonly string[];
}

/** The address of a server, its variables filled with their defaults; one that is relative is below `front`. */
export function serverUrl(server: JsonObject | undefined, front: string): ServerPlace {
  const options = front.startsWith("unix:") ? ["--unix-socket", front.slice("unix:".length)] : [];
  const base = options.length === 0 ? front : "http://localhost";
  const given = filled(server);
  const url = URL.parse(given, base);
  const address = (url === null ? base : url.href).replace(/\/$/, "");
  // A socket leads to ourselves only.
  return { url: address, options: URL.canParse(given) ? [] : options };
}

function filled(server: JsonObject | undefined): string {
  const variables = isObject(server?.variables) ? server.variables : {};
  return String(server?.url ?? "").replaceAll(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isObject(variable) ? String(variable.default) : whole;
  });
}

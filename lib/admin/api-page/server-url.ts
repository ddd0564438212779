import { isObject, type JsonObject } from "../../openapi/json.ts";

/** Where a server of a document is for curl: its address without a slash at the end, and options to get there. */
export interface ServerPlace {
  readonly url: string;
  readonly options: readonly string[];
}

/** The address of a server, its variables filled with their defaults; one that is relative is below `front`. */
export function serverUrl(server: JsonObject | undefined, front: string): ServerPlace {
  const socket = front.startsWith("unix:") ? ["--unix-socket", front.slice("unix:".length)] : [];
  const base = socket.length === 0 ? front : "http://localhost";
  const given = filled(server);
  const url = URL.canParse(given, base) ? new URL(given, base).href : base;
  // The socket leads to ourselves only, a whole address anywhere.
  return { url: url.replace(/\/$/, ""), options: URL.canParse(given) ? [] : socket };
}

function filled(server: JsonObject | undefined): string {
  const variables = isObject(server?.variables) ? server.variables : {};
  return String(server?.url ?? "").replaceAll(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isObject(variable) ? String(variable.default) : whole;
  });
}

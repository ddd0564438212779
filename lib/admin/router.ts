import type { Failure } from "../replies/failure.ts";
import type { AdminHandler } from "./handler.ts";

/** A handler and what its `*` stands for, or what the caller is told. */
export type Found = { readonly handler: AdminHandler; readonly rest: string } | { readonly failure: Failure };

/** Finds the handler of a request by its method and path. */
export class AdminRouter {
  readonly #handlers: readonly AdminHandler[];

  constructor(handlers: readonly AdminHandler[]) {
    this.#handlers = handlers;
  }

  find(method: string, path: string): Found {
    const found = this.#handlers.flatMap((handler) => {
      const rest = restOf(handler.path, path);
      return rest === undefined ? [] : [{ handler, rest }];
    });
    if (found.length === 0) {
      return { failure: { code: "route-not-found", detail: `expected a path of the admin port, got ${path}` } };
    }
    const asked = method === "HEAD" ? "GET" : method;
    const match = found.find(({ handler }) => handler.method === asked);
    if (match !== undefined) return match;
    const methods = found.flatMap(({ handler: { method } }) => (method === "GET" ? [method, "HEAD"] : [method]));
    const allow = [...new Set(methods)].join(", ");
    const detail = `expected ${allow}, got ${method}`;
    return { failure: { code: "method-not-allowed", detail, headers: [["allow", allow]] } };
  }
}

/** Undefined when the path is another one. */
function restOf(pattern: string, path: string): string | undefined {
  if (!pattern.endsWith("/*")) return pattern === path ? "" : undefined;
  const below = pattern.slice(0, -1);
  return path.startsWith(below) && path.length > below.length ? decoded(path.slice(below.length)) : undefined;
}

/** Undefined for escapes that stand for nothing. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

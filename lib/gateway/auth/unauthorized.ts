import type { Failure } from "../../replies/failure.ts";

/** The 401 for a caller who presented nothing, or the wrong thing: what was expected, never what came. */
export function unauthorized(expected: string, got: "none" | "another", challenge: string): Failure {
  return {
    code: "unauthorized",
    detail: `expected ${expected}, got ${got}`,
    headers: [["www-authenticate", challenge]],
  };
}

/** The protection space that challenges name (RFC 9110, 11.5). */
export const REALM = 'realm="urocket"';

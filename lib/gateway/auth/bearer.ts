import { comparerOf, secretText } from "./secret.ts";
import type { Authorize } from "./types.ts";
import { REALM, unauthorized } from "./unauthorized.ts";

/** `Authorization: Bearer <token>` (RFC 6750). */
export function bearerAuth(secret: Buffer): Authorize {
  const isToken = comparerOf(secretText(secret, TOKEN, "a token of letters, digits and -._~+/ with = at its end"));
  return ({ headers: { authorization } }) => {
    const [, given] = (authorization !== undefined && CREDENTIALS.exec(authorization)) || [];
    if (given === undefined) return MISSING;
    return isToken(given) ? undefined : WRONG;
  };
}

/** b64token, which is all that the scheme can carry. */
const TOKEN = /^[\w.~+/-]+=*$/;

const CREDENTIALS = /^bearer +(\S*)$/i;

const EXPECTED = "`authorization: Bearer` with the token of this route";
const MISSING = unauthorized(EXPECTED, "none", `Bearer ${REALM}`);
const WRONG = unauthorized(EXPECTED, "another", `Bearer ${REALM}, error="invalid_token"`);

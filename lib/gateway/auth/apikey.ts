import { comparerOf, secretText } from "./secret.ts";
import type { Authorize } from "./types.ts";
import { REALM, unauthorized } from "./unauthorized.ts";

/** The secret itself as the value of a header field. */
export function apiKeyAuth(header: string, secret: Buffer): Authorize {
  const name = header.toLowerCase();
  const isKey = comparerOf(secretText(secret, FIELD_VALUE, "one line of ASCII without spaces around it"));
  const expected = `\`${name}\` with the key of this route`;
  const challenge = `ApiKey ${REALM}, header="${name}"`;
  const missing = unauthorized(expected, "none", challenge);
  const wrong = unauthorized(expected, "another", challenge);
  return ({ headers }) => {
    const given = headers[name];
    if (given === undefined) return missing;
    return isKey(given) ? undefined : wrong;
  };
}

/** What every field can carry (RFC 9110, 5.5): anything else would be a key that some callers can't send. */
const FIELD_VALUE = /^[!-~](?:[ -~]*[!-~])?$/;

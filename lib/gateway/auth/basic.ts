import { UrocketError } from "../../core/errors.ts";
import { comparerOf, secretText } from "./secret.ts";
import type { Authorize } from "./types.ts";
import { REALM, unauthorized } from "./unauthorized.ts";

/** `Authorization: Basic` with this user and the secret as password, in UTF-8 (RFC 7617). */
export function basicAuth(user: string, secret: Buffer): Authorize {
  if (user.includes(":") || !PRINTABLE.test(user)) {
    throw new UrocketError("config-invalid", `expected \`user\` of \`auth\` to be text without a colon, got ${user}`);
  }
  const password = secretText(secret, PRINTABLE, "a password without control characters");
  const isPair = comparerOf(`${user}:${password}`.normalize());
  return ({ headers: { authorization } }) => {
    const [, given] = (authorization !== undefined && CREDENTIALS.exec(authorization)) || [];
    if (given === undefined) return MISSING;
    // Keyboards compose accented letters in different ways; both sides are brought to one of them.
    return isPair(Buffer.from(given, "base64").toString("utf8").normalize()) ? undefined : WRONG;
  };
}

const PRINTABLE = /^\P{Cc}+$/u;

const CREDENTIALS = /^basic +(\S*)$/i;

const EXPECTED = "`authorization: Basic` with the user and password of this route";
const CHALLENGE = `Basic ${REALM}, charset="UTF-8"`;
const MISSING = unauthorized(EXPECTED, "none", CHALLENGE);
const WRONG = unauthorized(EXPECTED, "another", CHALLENGE);

import { createHmac, timingSafeEqual } from "node:crypto";
import { UrocketError } from "../../core/errors.ts";
import type { Authorize, HmacOptions } from "./types.ts";
import { REALM, unauthorized } from "./unauthorized.ts";

/** The HMAC (RFC 2104) of the whole body as it came, in hexadecimal digits of either case, in a header field. */
export function hmacAuth({ header, algorithm, prefix }: HmacOptions, secret: Buffer): Authorize {
  if (secret.length === 0) {
    throw new UrocketError("config-invalid", "expected the secret of `auth` to have bytes, got an empty one");
  }
  const name = header.toLowerCase();
  const expected = `\`${name}\` with the HMAC-${algorithm.toUpperCase()} of the body under the key of this route`;
  const challenge = `HMAC ${REALM}, header="${name}", algorithm="${algorithm}"`;
  const missing = unauthorized(expected, "none", challenge);
  const wrong = unauthorized(expected, "another", challenge);
  return ({ headers, body }) => {
    const given = headers[name];
    if (given === undefined) return missing;
    const digest = createHmac(algorithm, secret).update(body).digest();
    const presented = digestIn(given, prefix, digest.length);
    return presented !== undefined && timingSafeEqual(presented, digest) ? undefined : wrong;
  };
}

/** The bytes that a field value spells; undefined when it has not the form of a digest, which is no secret. */
function digestIn(value: string, prefix: string, length: number): Buffer | undefined {
  const digits = value.slice(prefix.length);
  if (!value.startsWith(prefix) || digits.length !== 2 * length || !/^[0-9a-f]+$/i.test(digits)) return undefined;
  return Buffer.from(digits, "hex");
}

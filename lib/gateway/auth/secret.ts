import { isUtf8 } from "node:buffer";
import { hash, timingSafeEqual } from "node:crypto";
import { UrocketError } from "../../core/errors.ts";

/**
 * Compares texts with one secret in a time that depends on neither its content nor its length: only digests meet, and
 * that of the secret is made once.
 */
export function comparerOf(secret: string): (given: string) => boolean {
  const expected = digest(secret);
  return (given) => timingSafeEqual(digest(given), expected);
}

/** A secret as text. Throws `config-invalid` when it is not of the form that a header can carry. */
export function secretText(secret: Buffer, form: RegExp, expected: string): string {
  const text = isUtf8(secret) ? secret.toString("utf8") : undefined;
  if (text !== undefined && form.test(text)) return text;
  const got = secret.length === 0 ? "an empty one" : "other bytes";
  throw new UrocketError("config-invalid", `expected the secret of \`auth\` to be ${expected}, got ${got}`);
}

function digest(text: string): Buffer {
  return hash("sha256", text, "buffer");
}

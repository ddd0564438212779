import type { AdminConfig } from "../config/index.ts";
import { UrocketError } from "../core/errors.ts";
import { readSecret, type SecretOptions } from "./secrets.ts";

/** The token that the configuration names; undefined when it names none. Throws `config-invalid` for one that can't be used. */
export function readAdminToken({ token }: Pick<AdminConfig, "token">, options: SecretOptions): string | undefined {
  if (token === undefined) return undefined;
  const text = readSecret(token, options).toString("latin1");
  if (TOKEN.test(text)) return text;
  const got = text.length < LEAST ? `${text.length} characters` : "other ones";
  throw new UrocketError("config-invalid", `expected the token of \`admin\` to be ${EXPECTED}, got ${got}`);
}

const LEAST = 16;
const EXPECTED = `at least ${LEAST} letters, digits and -._~+/ with = at its end`;

/** b64token, which is all that a header of this scheme can carry. */
const TOKEN = /^(?=.{16})[\w.~+/-]+=*$/;

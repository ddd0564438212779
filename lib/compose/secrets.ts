import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { UrocketError } from "../core/errors.ts";
import { exposure } from "../core/exposure.ts";

/** Where a secret comes from. */
export type SecretSource = { readonly file: string } | { readonly env: string };

export interface SecretOptions {
  /** Our own environment. */
  readonly own: Readonly<Record<string, string | undefined>>;
  readonly warn: (message: string) => void;
}

/**
 * The secret that a file or a variable holds; of a file without the line feed at its end. Throws UrocketError
 * `config-invalid` for one that is absent or empty.
 */
export function readSecret(source: SecretSource, { own, warn }: SecretOptions): Buffer {
  const secret = "file" in source ? readSecretFile(source.file, warn) : Buffer.from(own[source.env] ?? "");
  if (secret.length > 0) return secret;
  throw "file" in source
    ? invalid(`the secret file to hold a secret, got an empty one: ${source.file}`)
    : invalid(
        `the variable ${source.env} to hold a secret, got ${own[source.env] === undefined ? "none" : "an empty one"}`,
      );
}

function readSecretFile(file: string, warn: (message: string) => void): Buffer {
  let fd: number | undefined;
  try {
    fd = openSync(file, "r");
    const exposed = exposure("the secret file", file, fstatSync(fd));
    if (exposed !== undefined) warn(exposed);
    return withoutLineEnd(readFileSync(fd));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw invalid(`the secret file to be readable, got ${code}: ${file}`, cause);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Editors and `echo` end a file with a line feed that nobody means. */
function withoutLineEnd(bytes: Buffer): Buffer {
  const length = bytes.length;
  if (bytes[length - 1] !== LF) return bytes;
  return bytes.subarray(0, bytes[length - 2] === CR ? length - 2 : length - 1);
}

const LF = 0x0a;
const CR = 0x0d;

function invalid(expected: string, cause?: unknown): UrocketError {
  return new UrocketError("config-invalid", `expected ${expected}`, { cause });
}

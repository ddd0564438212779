import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { UrocketError } from "../core/errors.ts";
import { exposure } from "../core/exposure.ts";

/** PEM files: the certificate with the chain behind it, and its key. Absolute paths. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/**
 * Checks that the files can serve: readable, well-formed, one for the other. The server library would only say that it
 * could not start. Throws `config-invalid`; what is usable and yet not as it should be is told to `warn`.
 */
export function checkTls({ cert, key }: TlsFiles, warn: (message: string) => void): void {
  const certificate = readCertificate(cert);
  if (!certificate.checkPrivateKey(readKey(key))) {
    throw invalid("tls.key", `the key of ${cert}`, `that of another certificate: ${key}`);
  }
  const exposed = exposure("the key file", key, statSync(key));
  if (exposed !== undefined) warn(exposed);
  const validity = `${certificate.validFrom} to ${certificate.validTo}`;
  const now = Date.now();
  if (Date.parse(certificate.validFrom) > now || Date.parse(certificate.validTo) < now) {
    warn(`expected \`tls.cert\` to be valid now, got one that is from ${validity}: ${cert}`);
  }
}

function readCertificate(file: string): X509Certificate {
  const pem = read("tls.cert", file);
  try {
    // The class would take the binary form too, the server does not.
    if (pem.includes("-----BEGIN CERTIFICATE-----")) return new X509Certificate(pem);
  } catch (cause) {
    throw invalid("tls.cert", "a certificate in PEM", `a broken one: ${file}`, cause);
  }
  throw invalid("tls.cert", "a certificate in PEM", `something else: ${file}`);
}

function readKey(file: string): KeyObject {
  const pem = read("tls.key", file);
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    const got = pem.includes("ENCRYPTED") ? "an encrypted one" : "something else";
    throw invalid("tls.key", "a private key in PEM without a passphrase", `${got}: ${file}`, cause);
  }
}

function read(option: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw invalid(option, "a file that can be read", `${(cause as NodeJS.ErrnoException).code}: ${file}`, cause);
  }
}

function invalid(option: string, expected: string, got: string, cause?: unknown): UrocketError {
  return new UrocketError("config-invalid", `expected \`${option}\` to be ${expected}, got ${got}`, { cause });
}

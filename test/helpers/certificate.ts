import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { temporaryDirectory } from "./temporary-directory.ts";

/** A certificate that signed itself, and its key: paths of PEM files. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Makes a certificate for 127.0.0.1 and localhost, valid for two days from now. */
export function certificate(t: TestContext): Certificate {
  const directory = temporaryDirectory(t);
  const [cert, key] = [join(directory, "cert.pem"), join(directory, "key.pem")];
  const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  execFileSync("openssl", [...request, ...subject, "-days", "2", "-keyout", key, "-out", cert], {
    stdio: "pipe",
  });
  return { cert, key };
}

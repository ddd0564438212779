import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that goes with this program, however it ends, also by SIGINT and SIGTERM. */
export function makeScratch(): string {
  const scratch = mkdtempSync(join(tmpdir(), "urocket-bench-"));
  // A server that refuses to be root has to read its files all the same.
  chmodSync(scratch, 0o755);
  // Servers that were told to end may remove files of their own meanwhile: more than one try.
  process.once("exit", () => rmSync(scratch, { recursive: true, force: true, maxRetries: 10 }));
  for (const [signal, code] of ENDINGS) process.once(signal, () => process.exit(code));
  return scratch;
}

const ENDINGS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const;

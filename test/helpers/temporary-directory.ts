import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { cleanUp } from "./clean-up.ts";

/** A directory of the test's own, removed after it. */
export function temporaryDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), "urocket-"));
  cleanUp(t, () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

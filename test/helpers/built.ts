import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** The path of the built program. Throws when the sources are newer, for a test of an old program proves nothing. */
export function builtProgram(): string {
  const program = join(ROOT, "dist/cli/main.js");
  const built = statSync(program, { throwIfNoEntry: false });
  if (built === undefined || built.mtimeMs < newest(join(ROOT, "lib"))) {
    throw new Error("expected a built program newer than lib/: run `npm run compile`");
  }
  return program;
}

function newest(directory: string): number {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return Math.max(...entries.filter((e) => e.isFile()).map((e) => statSync(join(e.parentPath, e.name)).mtimeMs));
}

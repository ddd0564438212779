import { copyFileSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { compile } from "./compile.ts";

/** A folder with these programs of bench/programs in it, the C ones compiled; its path. */
export function programsFor(scratch: string, names: readonly string[], flags: readonly string[] = []): string {
  const directory = join(scratch, "programs");
  mkdirSync(directory, { recursive: true });
  for (const name of names) {
    const source = join("programs", name);
    if (name.endsWith(".c")) compile(source, directory, flags);
    else copyFileSync(join(import.meta.dirname, "..", source), join(directory, basename(name)));
  }
  return directory;
}

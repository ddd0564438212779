import { spawnSync } from "node:child_process";
import { basename, join } from "node:path";

/** Compiles a C program of bench into `directory`; its path. Throws with what the compiler said. */
export function compile(source: string, directory: string, flags: readonly string[] = []): string {
  const program = join(directory, basename(source, ".c"));
  const file = join(import.meta.dirname, "..", source);
  const done = spawnSync("cc", ["-O2", "-Wall", "-Wextra", ...flags, "-o", program, file], { encoding: "utf8" });
  if (done.error !== undefined) throw new Error(`expected a C compiler as cc, got ${done.error.message}`);
  if (done.status !== 0) throw new Error(`expected ${source} to compile, got\n${done.stderr}`);
  return program;
}

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { temporaryDirectory } from "./temporary-directory.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures/process");

/** Compiles one of test/fixtures/process/*.c into a shared library; gone after the test. */
export function compileLibrary(t: TestContext, name: string): string {
  const library = join(temporaryDirectory(t), `${name}.so`);
  execFileSync("gcc", ["-shared", "-fPIC", "-O1", "-Wall", "-o", library, join(FIXTURES, `${name}.c`), "-lpthread"]);
  return library;
}

/** Loads a shared library into this process for what its constructor does. */
export function load(library: string): void {
  try {
    process.dlopen({ exports: {} }, library);
  } catch (error) {
    // It was loaded, and is no addon.
    if ((error as NodeJS.ErrnoException).code !== "ERR_DLOPEN_FAILED" || !/self-register/.test(String(error)))
      throw error;
  }
}

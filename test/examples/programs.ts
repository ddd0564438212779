import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

/** Where the examples are. */
export const EXAMPLES = join(import.meta.dirname, "../../examples");

/** Compiles the C example for one test, with every warning an error; the path of the program. */
export function compileAnswer(t: TestContext): string {
  const program = join(temporaryDirectory(t), "answer-c");
  const words = ["-O2", "-Wall", "-Wextra", "-Werror", "-o", program, join(EXAMPLES, "c/answer.c")];
  const { status, stderr } = spawnSync("cc", words, { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return program;
}

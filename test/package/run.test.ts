import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cleanUp } from "../helpers/clean-up.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

// Scripts are plain JavaScript, so that they run before anything is compiled.
const { run } = (await import(new URL("../../scripts/run.mjs", import.meta.url).href)) as {
  run(command: string, args: readonly string[], options?: { readonly timeout: number }): void;
};

test("a step that fails says what was run, how it ended and what it printed", () => {
  assert.throws(() => run("sh", ["-c", "echo out; echo err >&2; exit 3"]), /sh -c .* got exit 3\nout\nerr\n$/);
  assert.throws(() => run("/no/such/program", []), /no\/such\/program to succeed, got .*ENOENT/);
});

test("a step that hangs fails by name, even where what it has started holds its output open", (t) => {
  const file = join(temporaryDirectory(t), "pid");
  cleanUp(t, () => existsSync(file) && process.kill(Number(readFileSync(file, "utf8")), "SIGKILL"));
  const script = `sleep 1000 & echo $! > ${file}; wait`;
  assert.throws(() => run("sh", ["-c", script], { timeout: 2000 }), /sh -c sleep 1000 .* got .*ETIMEDOUT/);
});

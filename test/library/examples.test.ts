import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { builtProgram } from "../helpers/built.ts";
import { runModule } from "./run-module.ts";

const FOLDER = join(import.meta.dirname, "../../examples/library");

/** What each example prints. */
const PRINTED: Readonly<Record<string, readonly string[]>> = {
  "sum.mjs": [
    "200 5d41402abc4b2a76b9719d911017c592  -",
    "200 aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d  -",
    "200 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824  -",
    "502 expected an answer or exit code 0, got exit code 1",
  ],
  "fetch-handler.mjs": ["200 FROM A CALLER"],
  "process.mjs": ["exit 0 hello true", "timeout SIGTERM"],
  "events.mjs": [
    "exited /three exit 3",
    "ended get /three 502 answered",
    "502 { how: 'exit', code: 3, signal: null, core_dumped: false }",
  ],
};

test("every example of the library is here", () => {
  assert.deepEqual(readdirSync(FOLDER).sort(), Object.keys(PRINTED).sort());
});

for (const [name, lines] of Object.entries(PRINTED)) {
  test(`the example ${name} prints what it should, and ends`, async () => {
    builtProgram();
    assert.deepEqual((await runModule(join(FOLDER, name), "path")).trimEnd().split("\n"), lines);
  });
}

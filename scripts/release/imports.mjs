import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../run.mjs";

// Both ways of importing everything, and the process library at work.
const MODULE = `
import { createRequire } from "node:module";
import assert from "node:assert/strict";
import described from "urocket/package.json" with { type: "json" };
const require = createRequire(import.meta.url);
const names = Object.keys(described.exports).filter((name) => name !== "./package.json");
assert.ok(names.length >= 6);
for (const name of names.map((name) => "urocket" + name.slice(1))) {
  const [imported, required] = [await import(name), require(name)];
  assert.ok(Object.keys(imported).length > 0, name);
  assert.deepEqual(Object.keys(required).sort(), Object.keys(imported).sort(), name);
}
const { run } = await import("urocket/process");
const record = await run("/bin/echo", ["hello"], { timeout: 60_000 });
assert.equal(record.code, 0, JSON.stringify(record));
assert.equal(record.stdout.data.toString(), "hello\\n");
console.log("done");
`;
const SCRIPT = `
const assert = require("node:assert/strict");
const { UrocketError, run } = require("urocket/process");
const { parseConfig } = require("urocket/config");
assert.throws(() => parseConfig("paths: 1", "a.yaml"), (error) => error instanceof UrocketError);
run("/bin/sh", ["-c", "exit 3"], { timeout: 60_000 }).then((record) => assert.equal(record.code, 3));
`;

/** Imports every export of the installed package with a node (its words of a command line), both ways. */
export function checkImports(directory, [command, ...words]) {
  const files = { "imports.mjs": MODULE, "imports.cjs": SCRIPT };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(directory, name), text);
    run(command, [...words, join(directory, name)], { cwd: directory, env: { ...process.env, NODE_NO_WARNINGS: "1" } });
  }
}

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { events } from "../../lib/core/events.ts";
import { builtProgram } from "../helpers/built.ts";
import { blocksOf } from "../helpers/fences.ts";
import { runModule } from "./run-module.ts";

const ROOT = join(import.meta.dirname, "../..");
const PAGE = readFileSync(join(ROOT, "docs/library.md"), "utf8");

const programs = blocksOf("docs/library.md", "js", 4);
const prints = blocksOf("docs/library.md", "text", programs.length);

for (const [index, code] of programs.entries()) {
  test(`block ${index + 1} of docs/library.md prints what stands below it`, async () => {
    builtProgram();
    assert.equal(await runModule(code), prints[index]);
  });
}

test("the table of imports names every export of the package", () => {
  const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const named = [...PAGE.matchAll(/^\| `urocket(\/\w+)` \|/gm)].map(([, name]) => `.${name}`);
  assert.deepEqual([...named, "./package.json"].sort(), Object.keys(exports).sort());
});

test("the table of events names every channel and no other", () => {
  const named = [...PAGE.matchAll(/^\| `(urocket:[\w:]+)` \| `(\w+)` \|/gm)].map(([, name, key]) => [key, name]);
  assert.deepEqual(
    named,
    Object.entries(events).map(([key, channel]) => [key, channel.name]),
  );
});

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { floorFaults, isNewer, isStripped, newestVersions, unknownToMusl } from "../../scripts/release/floor.ts";

const ROOT = join(import.meta.dirname, "../..");
const PREBUILDS = join(ROOT, "prebuilds");

const published = existsSync(PREBUILDS)
  ? readdirSync(PREBUILDS).map((name) => join(PREBUILDS, name, "urocket.node"))
  : [];

for (const file of [join(ROOT, "build/Release/urocket.node"), ...published]) {
  test(`${file.slice(ROOT.length + 1)} asks for no newer library than node itself does, and for nothing that musl lacks`, () => {
    assert.deepEqual(floorFaults(file), []);
  });
}

for (const file of published) {
  test(`${file.slice(ROOT.length + 1)} is stripped`, () => assert.ok(isStripped(file)));
}

test("the check sees what it is to see: what glibc alone has, and symbols", () => {
  const library = execFileSync("g++", ["-print-file-name=libstdc++.so.6"], { encoding: "utf8" }).trim();
  assert.match(newestVersions(library).GLIBC, /^2\.\d+$/);
  assert.ok(unknownToMusl(library).includes("__libc_single_threaded"));
  assert.ok(!isStripped(join(ROOT, "build/Release/urocket.node")));
});

test("versions are compared number by number", () => {
  assert.ok(isNewer("2.34", "2.9"));
  assert.ok(isNewer("3.4.21", "3.4.18"));
  assert.ok(!isNewer("2.28", "2.28"));
});

import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FLOOR, isNewer, newestVersions } from "../../scripts/release/floor.ts";

const ROOT = join(import.meta.dirname, "../..");
const PREBUILDS = join(ROOT, "prebuilds");

const published = existsSync(PREBUILDS)
  ? readdirSync(PREBUILDS).map((name) => join(PREBUILDS, name, "urocket.node"))
  : [];

for (const file of [join(ROOT, "build/Release/urocket.node"), ...published]) {
  test(`${file.slice(ROOT.length + 1)} asks for no newer library than node itself does`, () => {
    const { GLIBC, GLIBCXX } = newestVersions(file);
    assert.ok(!isNewer(GLIBC, FLOOR.GLIBC), `glibc ${GLIBC}`);
    assert.ok(!isNewer(GLIBCXX, FLOOR.GLIBCXX), `libstdc++ ${GLIBCXX}`);
  });
}

test("versions are compared number by number", () => {
  assert.ok(isNewer("2.34", "2.9"));
  assert.ok(isNewer("3.4.21", "3.4.18"));
  assert.ok(!isNewer("2.28", "2.28"));
});

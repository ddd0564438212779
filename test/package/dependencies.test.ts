import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { filesBelow, readImports } from "../helpers/imports.ts";

const ROOT = join(import.meta.dirname, "../..");
const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const LIB = join(ROOT, "lib");

test("everything that is installed with urocket is used by it", () => {
  const sources = filesBelow(LIB, /\.ts$/).map((file) => readFileSync(join(LIB, file), "utf8"));
  const isUsed = (name: string) => sources.some((text) => text.includes(`"${name}"`) || text.includes(`"${name}/`));
  assert.deepEqual(
    Object.keys(dependencies).filter((name) => !isUsed(name)),
    [],
  );
});

test("nothing is used by urocket that is not installed with it", () => {
  const used = [...readImports(LIB).values()].flat().filter((name) => !name.endsWith(".ts") && !isBuiltin(name));
  const packages = used.map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
  assert.deepEqual(
    packages.filter((name) => !(name in dependencies)),
    [],
  );
});

test("the lock file names no place that packages come from: whatever registry is set is asked", () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
  const resolved = Object.entries<{ resolved?: string }>(packages).filter(([, entry]) => entry.resolved !== undefined);
  assert.deepEqual(resolved, []);
});

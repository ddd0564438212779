import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { buildRoutes } from "../../lib/compose/routes.ts";
import { parseConfig } from "../../lib/config/index.ts";
import { type Fence, fencesOf, runBy } from "../helpers/fences.ts";

const ROOT = join(import.meta.dirname, "../..");
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "ARCHITECTURE.md",
  "examples/README.md",
  ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`),
].filter((name) => name.endsWith(".md"));

for (const page of PAGES) {
  const ran = runBy(page);
  for (const fence of fencesOf(page)) {
    if (fence.notRun !== undefined || ran.has(fence.language)) continue;
    test(`the ${fence.language || "nameless"} block at ${fence.place} is understood, or a test runs it`, () => {
      assert.equal(fence.language, "yaml", `expected ${page} to name the test that runs it, got no mark`);
      understand(fence);
    });
  }

  for (const [language, file] of ran) {
    test(`${page} has ${language} blocks, and ${file} looks at them`, () => {
      assert.ok(existsSync(join(ROOT, file)));
      assert.ok(readFileSync(join(ROOT, file), "utf8").includes(page.replace(/^docs\//, "")));
      assert.ok(fencesOf(page).some((fence) => fence.language === language));
    });
  }
}

test("whatever is not run has a reason, and is a command", () => {
  for (const { notRun, language, place } of PAGES.flatMap(fencesOf)) {
    if (notRun === undefined) continue;
    assert.equal(language, "sh", place);
    assert.ok(notRun.length > 10, place);
  }
});

/** A configuration, or a part of one that has no routes. */
function understand({ text, place }: Fence): void {
  const whole = /^paths:/m.test(text) ? text : `${text}\npaths: {/a: {get: {cmd: /bin/true}}}`;
  const { file, socketPath, routes } = parseConfig(whole, `${place.replaceAll(/\W/g, "-")}.yaml`);
  assert.ok(routes.length > 0);
  // Their commands are such that payloads can't run as code.
  const around = { baseEnv: [], api: undefined, secure: false, authorize: () => () => undefined };
  assert.equal(buildRoutes(file, { socketPath, answerLimit: 1 }, routes, around).length, routes.length);
}

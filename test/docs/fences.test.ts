import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { buildRoutes } from "../../lib/compose/routes.ts";
import { parseConfig } from "../../lib/config/index.ts";
import { blocksOf, type Fence, fencesOf, runBy } from "../helpers/fences.ts";
import { markdownFiles } from "../helpers/markdown-files.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const ROOT = join(import.meta.dirname, "../..");
const PAGES = markdownFiles();

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
      const source = readFileSync(join(ROOT, file), "utf8");
      const asks = [`fencesOf("${page}")`, `blocksOf("${page}", "${language}", `];
      assert.ok(
        asks.some((call) => source.includes(call)),
        `expected ${asks.join(" or ")} in ${file}, got neither`,
      );
      assert.ok(fencesOf(page).some((fence) => fence.language === language));
    });
  }
}

test("a fence that would be overlooked, and a block that no test asks for, are faults", (t) => {
  const page = join(temporaryDirectory(t), "page.md");
  const written = (text: string) => {
    writeFileSync(page, text);
    return relative(ROOT, page);
  };
  for (const fence of [
    "  ```sh\ntrue\n  ```\n",
    "~~~sh\ntrue\n~~~\n",
    "> ```sh\n",
    "```sh title\n```\n",
    "```sh\ntrue\n",
  ]) {
    assert.throws(() => fencesOf(written(`a\n${fence}`)), /expected a plain fence at .*page\.md:2/, fence);
  }
  const two = written("```sh\na\n```\n\n<!-- not run: a reason -->\n```sh\nb\n```\n\n```sh\nc\n```\n");
  assert.deepEqual(blocksOf(two, "sh", 2), ["a\n", "c\n"]);
  assert.throws(() => blocksOf(two, "sh", 1), /expected 1 sh blocks to run in .*page\.md, got 2/);
});

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

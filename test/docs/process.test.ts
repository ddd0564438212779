import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { run } from "../../lib/process/index.ts";
import { fencesOf } from "../helpers/fences.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const ROOT = join(import.meta.dirname, "../..");
const PAGE = readFileSync(join(ROOT, "docs/process.md"), "utf8");
const LIBRARY = pathToFileURL(join(ROOT, "lib/process/index.ts")).href;

/** An example of the page, and what the page says it prints. */
interface Example {
  readonly heading: string;
  readonly code: string;
  readonly output: string | undefined;
}

test("the page has examples, and each says what it prints", () => {
  assert.ok(examples().length >= 8);
  assert.equal(fencesOf("docs/process.md").length, 2 * examples().length);
  for (const { heading, output } of examples()) assert.ok(output !== undefined, `under "${heading}"`);
});

describe("the examples of the page print what it says", { concurrency: 2 }, () => {
  for (const { heading, code, output } of examples()) {
    test(`under "${heading}"`, async (t) => {
      const cwd = temporaryDirectory(t);
      const file = join(cwd, "example.mjs");
      writeFileSync(file, code.replaceAll('"urocket/process"', JSON.stringify(LIBRARY)));
      const argv = ["--import", import.meta.resolve("tsx"), file];
      const record = await run(process.execPath, argv, { cwd, env: process.env, timeout: 60_000 });
      assert.equal(record.stderr.data.toString(), "");
      assert.equal(record.code, 0);
      assert.equal(record.stdout.data.toString().trim(), output?.trim());
    });
  }
});

test("the tables name every option of a specification and every field of a record, and no other", () => {
  const types = readFileSync(join(ROOT, "lib/process/types.ts"), "utf8");
  assert.deepEqual(namedUnder("The specification"), membersOf(types, "SpawnSpec"));
  assert.deepEqual(namedUnder("The exit record"), membersOf(types, "ExitRecord"));
});

function examples(): Example[] {
  const fences = fencesOf("docs/process.md");
  return fences.flatMap(({ language, text: code, heading }, index) => {
    const next = fences[index + 1];
    const output = next?.language === "text" && next.before === "```" ? next.text : undefined;
    return language === "js" ? [{ heading, code, output }] : [];
  });
}

/** The names in the first column of the table under a heading. */
function namedUnder(heading: string): string[] {
  const section = PAGE.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const columns = section.match(/^\| `[^|]*\|/gm) ?? [];
  return columns.flatMap((column) => [...column.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name)).sort();
}

function membersOf(source: string, name: string): string[] {
  const body = new RegExp(`^export interface ${name} \\{\n(.*?)^\\}`, "ms").exec(source)?.[1] ?? "";
  return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, member = ""]) => member).sort();
}

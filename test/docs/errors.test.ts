import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ERRORS } from "../../lib/core/errors.ts";
import { blocksOf } from "../helpers/fences.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/errors.md"), "utf8");
const rows = page.split("\n").filter((line) => /^\| (\d{3} \| )?`/.test(line));

test("the page lists exactly the errors of the catalogue", () => {
  const listed = rows.map((row) => /`([a-z-]+)`/.exec(row)?.[1]);
  assert.deepEqual([...listed].sort(), Object.keys(ERRORS).sort());
});

test("each with its status, its title and what to do", () => {
  for (const [code, { status, title, remedy }] of Object.entries(ERRORS)) {
    const cells = [...(status === 0 ? [] : [String(status)]), `\`${code}\``, title, remedy];
    assert.ok(rows.includes(`| ${cells.join(" | ")} |`), code);
  }
});

test("the example is of the catalogue", () => {
  const [text = ""] = blocksOf("docs/errors.md", "json", 1);
  const example = JSON.parse(text);
  const { status, title } = ERRORS[example.code as keyof typeof ERRORS];
  assert.deepEqual([example.type, example.status, example.title], [`urn:urocket:error:${example.code}`, status, title]);
});

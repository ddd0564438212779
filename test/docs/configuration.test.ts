import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { buildRoutes } from "../../lib/compose/routes.ts";
import { configSchema, parseConfig } from "../../lib/config/index.ts";
import type { Schema } from "../../lib/config/schema-type.ts";
import { fill } from "../../scripts/docs/fill.ts";
import { PAGES } from "../../scripts/docs/pages.ts";

const pages = PAGES.map(({ file, parts }) => ({ file, parts, text: readFileSync(file, "utf8") }));
const page = pages.find(({ file }) => file.endsWith("configuration.md"))?.text ?? "";

for (const { file, parts, text } of pages) {
  test(`the generated parts of ${file.replace(/.*\//, "")} are those of the sources: npm run docs`, () => {
    assert.equal(text, fill(text, parts()));
  });
}

test("every key of the schema is on the page", () => {
  let seen = 0;
  for (const key of keysOf(configSchema)) {
    seen++;
    assert.ok(page.includes(`\`${key}\``), key);
  }
  assert.ok(seen > 100, String(seen));
});

for (const [index, [, text = ""]] of [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].entries()) {
  test(`configuration ${index + 1} of the page is understood: ${text.slice(0, text.indexOf("\n"))}`, () => {
    const { file, socketPath, routes } = parseConfig(text, `configuration.md-${index + 1}.yaml`);
    assert.ok(routes.length > 0);
    // Their commands are such that payloads can't run as code.
    const around = { baseEnv: [], api: undefined, secure: false, authorize: () => () => undefined };
    assert.equal(buildRoutes(file, { socketPath, answerLimit: 1 }, routes, around).length, routes.length);
  });
}

test("every section that a table links to is on the page", () => {
  const headings = [...page.matchAll(/^##+ (.*)$/gm)].map(([, name = ""]) => name.toLowerCase().replaceAll(" ", "-"));
  const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, name = ""]) => name);
  assert.ok(links.length > 5);
  for (const link of links) assert.ok(headings.includes(link), link);
});

test("a part without a mark, and a mark without a part, are faults", () => {
  assert.equal(
    fill("a\n<!-- begin x -->\nold\n<!-- end x -->\nb", { x: "new" }),
    "a\n<!-- begin x -->\nnew\n<!-- end x -->\nb",
  );
  assert.throws(() => fill("a", { x: "new" }), /expected marks for x/);
  assert.throws(() => fill("<!-- begin y -->\n<!-- end y -->", {}), /expected a part for the mark y/);
});

function* keysOf(schema: Schema): Generator<string> {
  for (const [key, inner] of Object.entries(schema.properties ?? {})) {
    yield key;
    yield* keysOf(inner);
  }
  for (const inner of Object.values(schema.definitions ?? {})) yield* keysOf(inner);
  if (typeof schema.additionalProperties === "object") yield* keysOf(schema.additionalProperties);
}

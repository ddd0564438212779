import assert from "node:assert/strict";
import { test } from "node:test";
import { configSchema } from "../../lib/config/index.ts";
import { keyOf } from "../../lib/config/keys.ts";
import type { Schema } from "../../lib/config/schema-type.ts";
import { parse } from "./parsing.ts";

test("the schema survives being printed", () => {
  assert.deepEqual(JSON.parse(JSON.stringify(configSchema)), configSchema);
});

test("every key of the schema is described and in its one spelling", () => {
  let seen = 0;
  for (const [key, schema] of keysOf(configSchema)) {
    seen++;
    assert.equal(key, keyOf(key));
    if (schema.$ref === undefined) assert.ok(schema.description, key);
    assert.ok(schema.default === undefined || schema.otherwise === undefined, `one default of ${key}`);
  }
  assert.ok(seen > 100);
});

test("the defaults that the schema tells are valid and the ones in force", () => {
  const route = configSchema.definitions?.route;
  assert.ok(route !== undefined);
  const bare = parse("paths: {/a: {post: {cmd: x}}}");
  const told = parse(
    JSON.stringify(
      { ...defaultsOf(configSchema), paths: { "/a": { post: { ...defaultsOf(route), cmd: "x" } } } },
      undefined,
      1,
    ),
  );
  const place = { position: undefined };
  assert.deepEqual({ ...told.routes[0], ...place }, { ...bare.routes[0], ...place });
  assert.deepEqual({ ...told, routes: [] }, { ...bare, routes: [] });
});

function* keysOf(schema: Schema): Generator<[string, Schema]> {
  for (const [key, inner] of Object.entries(schema.properties ?? {})) {
    yield [key, inner];
    yield* keysOf(inner);
  }
  for (const inner of Object.values(schema.definitions ?? {})) yield* keysOf(inner);
  if (typeof schema.additionalProperties === "object") yield* keysOf(schema.additionalProperties);
}

/** The defaults of a map as a configuration would write them. */
function defaultsOf(schema: Schema): Record<string, unknown> {
  const entries = Object.entries(schema.properties ?? {}).map(([key, inner]) => [
    key,
    inner.properties === undefined || inner.otherwise !== undefined || key === "inject"
      ? inner.default
      : defaultsOf(inner),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { Defaults } from "../../lib/openapi/schema/defaults.ts";
import { SchemaSet } from "../../lib/openapi/schema/schema-set.ts";
import { bundleOf } from "./documents.ts";

const key = fc.constantFrom("a", "b", "c");
const scalar = fc.constantFrom("x", "y", "", 0, 1, 2.5, true, null);
const type = fc.constantFrom("string", "integer", "number", "boolean", "null", "array", "object");

/** Values of few keys and literals, so that random schemas say something about them. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

/** Schemas of 2020-12 with alternatives, tags and references back to the whole. */
const { schema } = fc.letrec((tie) => {
  const sub = tie("schema");
  const list = fc.array(sub, { minLength: 1, maxLength: 3 });
  const tagged = fc
    .array(
      fc.tuple(
        fc.subarray(["x", "y", "z"], { minLength: 1 }),
        fc.dictionary(key, sub, { maxKeys: 2, noNullPrototype: true }),
      ),
      {
        minLength: 2,
        maxLength: 3,
      },
    )
    .map((branches) =>
      branches.map(([tags, properties]) => ({
        type: "object",
        required: ["a"],
        properties: { ...properties, a: { enum: tags } },
      })),
    );
  const keywords = fc.record(
    {
      type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
      enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }),
      minimum: fc.constantFrom(0, 1, 2),
      minLength: fc.constantFrom(0, 1),
      properties: fc.dictionary(key, sub, { maxKeys: 3, noNullPrototype: true }),
      required: fc.subarray(["a", "b", "c"]),
      additionalProperties: fc.oneof(fc.boolean(), sub),
      patternProperties: fc.record({ "^[ab]": sub }),
      propertyNames: fc.constantFrom({ enum: ["a", "b"] }, { pattern: "^[bc]" }),
      prefixItems: list,
      items: sub,
      // Never one that allows everything: ajv 8.20 takes the items that it found for unevaluated, we don't.
      contains: sub.map((wanted) => ({ allOf: [wanted, { not: { enum: ["y"] } }] })),
      minContains: fc.constantFrom(0, 1, 2),
      maxContains: fc.constantFrom(1, 2),
      uniqueItems: fc.boolean(),
      allOf: list,
      anyOf: fc.oneof(list, tagged),
      oneOf: fc.oneof(list, tagged),
      not: sub,
      if: sub,
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: sub,
      else: sub,
      dependentRequired: fc.record({ a: fc.subarray(["b", "c"]) }),
      unevaluatedProperties: fc.boolean(),
      unevaluatedItems: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const few = keywords.chain((all) =>
    fc.subarray(Object.entries(all), { maxLength: 4 }).map((some) => Object.fromEntries(some)),
  );
  return {
    schema: fc.oneof(
      { maxDepth: 3 },
      fc.boolean(),
      few,
      few,
      few,
      fc.constant({ items: { $ref: "#/components/schemas/A" } }),
    ),
  };
});

test("a value is valid exactly if ajv finds it so by the schema as it stands in the document", async () => {
  let invalid = 0;
  await fc.assert(
    fc.asyncProperty(schema, fc.array(value, { minLength: 8, maxLength: 8 }), async (A, values) => {
      const plain = new Ajv2020({ strict: false, ownProperties: true, logger: false, validateSchema: false });
      plain.addSchema({ components: { schemas: { A } } }, "document");
      const expected = plain.compile({ $ref: "document#/components/schemas/A" });
      const check = new SchemaSet(await bundleOf({ schemas: { A } }, "3.1.0"), "request").check(
        "/components/schemas/A",
        "",
      );
      for (const one of values) {
        const found = check(one, false);
        assert.equal(found === undefined, expected(one), `${JSON.stringify(one)} by ${JSON.stringify(A)}`);
        assert.equal(check(one, true) === undefined, found === undefined);
        if (found === undefined) continue;
        invalid++;
        assert.ok(found.length > 0, `no finding for ${JSON.stringify(one)} by ${JSON.stringify(A)}`);
        assert.equal(check(one, true)?.length, 1);
      }
    }),
    { numRuns: 150 },
  );
  assert.ok(invalid > 150, `only ${invalid} values were invalid`);
});

test("defaults that are filled in leave a value what it was otherwise, and are filled in once", async () => {
  const withDefaults = fc.tuple(schema, value).map(([properties, substitute]) => ({
    type: "object",
    properties: { a: properties, b: { default: substitute }, c: { properties: { a: { default: substitute } } } },
    anyOf: [{ required: ["a"] }, { properties: { c: { default: 1 } } }],
  }));
  await fc.assert(
    fc.asyncProperty(withDefaults, value, async (A, given) => {
      const fill = new Defaults(await bundleOf({ schemas: { A } }, "3.1.0")).fillOf("/components/schemas/A");
      assert.ok(fill !== undefined);
      const filled = structuredClone(given);
      const changed = fill(filled);
      assert.equal(changed, JSON.stringify(filled) !== JSON.stringify(given));
      assert.equal(fill(filled), false);
      if (typeof given === "object" && given !== null && !Array.isArray(given)) {
        for (const name of Object.keys(given)) {
          if (name !== "c" && name !== "a")
            assert.deepEqual((filled as Record<string, unknown>)[name], (given as Record<string, unknown>)[name]);
        }
      }
    }),
    { numRuns: 100 },
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { faultsOf, operationOf, request } from "./documents.ts";
import { type Value, writePath, writeQuery } from "./serialise.ts";

const text = fc.string({ unit: "binary", maxLength: 8 });
const word = text.filter((string) => string !== "");
const integer = fc.maxSafeInteger();
const MEMBERS = { type: "object", additionalProperties: { type: "string" } };

const KINDS: Readonly<Record<string, { schema: object; values: fc.Arbitrary<Value> }>> = {
  string: { schema: { type: "string" }, values: text },
  integer: { schema: { type: "integer" }, values: integer },
  number: {
    schema: { type: "number" },
    values: fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
  },
  boolean: { schema: { type: "boolean" }, values: fc.boolean() },
  strings: {
    schema: { type: "array", items: { type: "string" } },
    values: fc.array(text, { minLength: 1, maxLength: 4 }),
  },
  integers: {
    schema: { type: "array", items: { type: "integer" } },
    values: fc.array(integer, { minLength: 1, maxLength: 4 }),
  },
  members: { schema: MEMBERS, values: fc.dictionary(word, text, { minKeys: 1, maxKeys: 4, noNullPrototype: true }) },
};

const STYLES = [
  ...["simple", "label", "matrix"].flatMap((style) =>
    [true, false].map((explode) => ({ place: "path", style, explode })),
  ),
  ...["form", "spaceDelimited", "pipeDelimited"].flatMap((style) =>
    [true, false].map((explode) => ({ place: "query", style, explode })),
  ),
  { place: "query", style: "deepObject", explode: true },
];

for (const { place, style, explode } of STYLES) {
  for (const [kind, { schema, values }] of Object.entries(KINDS)) {
    if (style === "deepObject" && kind !== "members") continue;
    // Blanks and bars are delimiters here even where they are encoded, for callers encode both.
    const delimiter = explode ? undefined : { spaceDelimited: /[ +]/, pipeDelimited: /\|/ }[style];
    // Brackets in a name can't be told from those that nest.
    const usable = (value: Value) =>
      !(delimiter?.test(JSON.stringify(value)) ?? false) &&
      !(style === "deepObject" && Object.keys(value).some((key) => /[[\]]/.test(key)));
    test(`what is written as ${kind} in ${style}, explode ${explode}, is read as it was`, async () => {
      const parameter = { name: "p q", in: place, required: true, style, explode, schema };
      const operation = await operationOf({ parameters: [parameter] }, { path: place === "path" ? "/{p q}" : "/" });
      fc.assert(
        fc.property(values.filter(usable), (value) => {
          const parts =
            place === "path"
              ? { params: { "p q": writePath("p q", value, style, explode) } }
              : { query: writeQuery("p q", value, style, explode) };
          const result = operation.validateRequest(request(parts));
          assert.ok(result.ok, faultsOf(result).join("\n"));
          const read = place === "path" ? result.params["p q"] : result.query["p q"];
          assert.equal(sorted(read), sorted(value), JSON.stringify(parts));
        }),
      );
    });
  }
}

function sorted(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

test("no text whatever makes the reading of parameters throw", async () => {
  const places = ["query", "header", "cookie"] as const;
  const schemas = Object.values(KINDS).map(({ schema }) => schema);
  const parameters = places.flatMap((place) =>
    schemas.map((schema, index) => ({ name: `p${index}`, in: place, explode: index % 2 === 0, schema })),
  );
  parameters.push({ name: "deep", in: "query", explode: true, schema: MEMBERS });
  const deep = { ...parameters.pop(), style: "deepObject" };
  const operation = await operationOf({ parameters: [...parameters, deep] });
  const piece = fc.oneof(
    fc.constantFrom("&", "=", "%", "+", ",", "[", "]", ";", "p0", "p4", "p6", "deep", "%C3"),
    fc.string(),
  );
  const noise = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(noise, noise, (query, cookie) => {
      const headers = { cookie, p0: query, p4: cookie, p6: query };
      const result = operation.validateRequest(request({ query, headers }));
      assert.ok(result.ok || result.faults.length > 0);
    }),
  );
});

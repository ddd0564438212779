import assert from "node:assert/strict";
import { test } from "node:test";
import { loadOpenApi } from "../../lib/openapi/index.ts";
import { Shape } from "../../lib/openapi/schema/shape.ts";
import type { RequestInput } from "../../lib/openapi/types.ts";
import { bundleOf, faultsOf, fixture, operationAt, operationOf, request, type Version } from "./documents.ts";

const INTEGERS = { type: "array", items: { type: "integer" } };
const STRINGS = { type: "array", items: { type: "string" } };
const COLOUR = {
  type: "object",
  required: ["R"],
  properties: { R: { type: "integer" }, G: { type: "integer" }, name: { type: "string" } },
};

const PROTO = JSON.parse('{"__proto__":{"x":"1"},"toString":"2"}');

/** What a parameter `p` becomes: its value, or its faults. */
async function taken(place: string, parameter: object, parts: Partial<RequestInput>, version?: Version) {
  const p = { name: "p", in: place, required: place === "path", ...parameter };
  const path = place === "path" ? "/{p}" : "/";
  const operation = await operationOf({ parameters: [p] }, { path, ...(version === undefined ? {} : { version }) });
  const result = operation.validateRequest({ ...request(), ...parts });
  if (!result.ok) return faultsOf(result);
  const values = { path: result.params, query: result.query, header: result.headers, cookie: result.cookies };
  // By way of JSON, for what is read from text has no prototype.
  return JSON.parse(JSON.stringify({ value: values[place as keyof typeof values].p })).value;
}

for (const [how, text, value] of [
  [{ schema: { type: "string" } }, "a%20b%2Cc", "a b,c"],
  [{ schema: { type: "integer" } }, "-12", -12],
  [{ schema: { type: "integer" } }, "1.5", ["expected path p to be an integer, got 1.5"]],
  [{ schema: { type: "integer" } }, "1e2", 100],
  [{ schema: { type: "integer" } }, "007", ['expected path p to be an integer, got "007"']],
  [{ schema: { type: "integer" } }, "", ['expected path p to be an integer, got ""']],
  [{ schema: { type: "number" } }, "1e999", ['expected path p to be a number, got "1e999"']],
  [{ schema: { type: "boolean" } }, "true", true],
  [{ schema: { type: "boolean" } }, "True", ['expected path p to be true or false, got "True"']],
  [{ schema: { type: "string" } }, "%zz", ['expected path p to be percent-encoded UTF-8, got "%zz"']],
  [{ schema: { type: "string" } }, "%ff", ['expected path p to be percent-encoded UTF-8, got "%ff"']],
  [{ schema: INTEGERS }, "3,4,5", [3, 4, 5]],
  [{ schema: STRINGS }, "a%2Cb,c", ["a,b", "c"]],
  [{ schema: COLOUR }, "R,100,name,x", { R: 100, name: "x" }],
  [{ schema: COLOUR, explode: true }, "R=100,name=x", { R: 100, name: "x" }],
  [{ schema: COLOUR }, "R,100,name", ["expected path p to be names and values in turn, got 3 pieces"]],
  [{ schema: COLOUR, explode: true }, "R", ['expected path p to be pairs of name=value, got "R"']],
  [{ style: "label", schema: { type: "integer" } }, ".5", 5],
  [
    { style: "label", schema: { type: "integer" } },
    "5",
    ['expected path p to be a value that begins with a dot, got "5"'],
  ],
  [{ style: "label", schema: INTEGERS }, ".3,4,5", [3, 4, 5]],
  [{ style: "label", schema: INTEGERS, explode: true }, ".3.4.5", [3, 4, 5]],
  [{ style: "label", schema: COLOUR }, ".R,100,G,200", { R: 100, G: 200 }],
  [{ style: "label", schema: COLOUR, explode: true }, ".R=100.G=200", { R: 100, G: 200 }],
  [{ style: "matrix", schema: { type: "integer" } }, ";p=5", 5],
  [{ style: "matrix", schema: { type: "string" } }, ";p", ""],
  [
    { style: "matrix", schema: { type: "integer" } },
    ";q=5",
    ['expected path p to be of the form ;p=value, got ";q=5"'],
  ],
  [
    { style: "matrix", schema: { type: "integer" } },
    "5",
    ['expected path p to be a value that begins with a semicolon, got "5"'],
  ],
  [{ style: "matrix", schema: INTEGERS }, ";p=3,4,5", [3, 4, 5]],
  [{ style: "matrix", schema: INTEGERS, explode: true }, ";p=3;p=4;p=5", [3, 4, 5]],
  [{ style: "matrix", schema: COLOUR }, ";p=R,100,G,200", { R: 100, G: 200 }],
  [{ style: "matrix", schema: COLOUR, explode: true }, ";R=100;G=200", { R: 100, G: 200 }],
] as const) {
  test(`the path parameter ${text} of ${JSON.stringify(how)} is ${JSON.stringify(value)}`, async () => {
    assert.deepEqual(await taken("path", how, { params: { p: text } }), value);
  });
}

for (const [how, text, value] of [
  [{ schema: { type: "string" } }, "p=a+b%2B", "a b+"],
  [{ schema: { type: "string" }, allowReserved: true }, "p=a+b/c?d=e", "a+b/c?d=e"],
  [{ schema: { type: "string" } }, "%70=a", "a"],
  [{ schema: { type: "string" } }, "q=a", undefined],
  [{ schema: { type: "string" } }, "p", ""],
  [{ schema: { type: "string" } }, "p=1", "1"],
  [{ schema: { type: "integer" } }, "p=1&p=2", ["expected query p to be an integer, got an array of 2 items"]],
  [{ schema: { type: "integer" }, allowEmptyValue: true }, "p=", ""],
  [{ schema: INTEGERS }, "p=1&p=2", [1, 2]],
  [{ schema: INTEGERS }, "p=", []],
  [{ schema: STRINGS }, "p=", [""]],
  [{ schema: STRINGS }, "p=a,b", ["a,b"]],
  [{ schema: STRINGS, explode: false }, "p=a,b%2Cc", ["a", "b,c"]],
  [{ schema: INTEGERS, style: "spaceDelimited", explode: false }, "p=1%202+3", [1, 2, 3]],
  [{ schema: INTEGERS, style: "pipeDelimited", explode: false }, "p=1|2%7C3", [1, 2, 3]],
  [{ schema: INTEGERS, style: "pipeDelimited", explode: true }, "p=1&p=2", [1, 2]],
  [{ schema: COLOUR }, "R=100&G=200&other=1", { R: 100, G: 200 }],
  [{ schema: COLOUR }, "other=1", undefined],
  [{ schema: COLOUR, explode: false }, "p=R,100,name,%2C", { R: 100, name: "," }],
  [{ schema: { ...COLOUR, additionalProperties: true } }, "R=100&other=1&other=2", { R: 100, other: ["1", "2"] }],
  [{ schema: COLOUR, style: "deepObject" }, "p[R]=100&p%5BG%5D=200&p[x]=1&pp[R]=1", { R: 100, G: 200, x: "1" }],
  [{ schema: COLOUR, style: "deepObject" }, "p[G]=200", ["expected query p /R to be present, got none"]],
  [
    { schema: { type: "object", properties: { a: { properties: { b: INTEGERS } }, c: STRINGS } }, style: "deepObject" },
    "p[a][b]=1&p[a][b]=2&p[c][]=x",
    { a: { b: [1, 2] }, c: ["x"] },
  ],
  [{ schema: { type: "object" }, style: "deepObject" }, "p[__proto__][x]=1&p[toString]=2", PROTO],
  [{ schema: { oneOf: [{ type: "integer" }, { type: "string", enum: ["all", "1"] }] } }, "p=1", "1"],
  [{ schema: { oneOf: [{ type: "integer" }, { type: "string", enum: ["all", "1"] }] } }, "p=2", 2],
  [{ schema: { anyOf: [{ type: "string" }, STRINGS] } }, "p=a", "a"],
  [{ schema: { anyOf: [{ type: "string" }, STRINGS] } }, "p=a&p=b", ["a", "b"]],
  [{ schema: { anyOf: [{ type: "string" }, STRINGS] } }, "p=a&p=b", ["a", "b"]],
  [{ schema: { type: "integer", nullable: true } }, "p=null", null],
  [{ schema: { type: "string", nullable: true } }, "p=null", "null"],
  [{ schema: { enum: [1, 2] } }, "p=2", 2],
  [{ schema: { enum: ["1", "2"] } }, "p=2", "2"],
  [{ schema: { allOf: [{ type: "number" }, { minimum: 2 }] } }, "p=1", ["expected query p to be at least 2, got 1"]],
  [{ schema: {} }, "p=1", "1"],
  [{ content: { "application/json": { schema: COLOUR } } }, 'p={"R":1}', { R: 1 }],
  [
    { content: { "application/json": { schema: COLOUR } } },
    "p=%7B%22R%22%3A%22x%22%7D",
    ['expected query p /R to be an integer, got "x"'],
  ],
  [{ content: { "application/json": {} } }, "p={", ["expected query p to be JSON, got other text"]],
  [{ content: { "text/plain": { schema: { type: "string", maxLength: 1 } } } }, "p=1", "1"],
  [{ required: true, schema: { type: "string" } }, "", ["expected query p to be present, got none"]],
  [{ schema: { type: "integer", default: 7 } }, "", 7],
  [
    { schema: { ...COLOUR, properties: { ...COLOUR.properties, G: { type: "integer", default: 9 } } } },
    "R=1",
    { R: 1, G: 9 },
  ],
] as const) {
  test(`the query ?${text} with ${JSON.stringify(how)} is ${JSON.stringify(value)}`, async () => {
    assert.deepEqual(await taken("query", how, { query: text }), value);
  });
}

test("a null of 3.1 and an integer with another type are read from text", async () => {
  assert.equal(await taken("query", { schema: { type: ["integer", "null"] } }, { query: "p=" }, "3.1.0"), null);
  assert.equal(await taken("query", { schema: { type: ["string", "integer"] } }, { query: "p=5" }, "3.1.0"), 5);
  assert.deepEqual(
    await taken(
      "query",
      { schema: { prefixItems: [{ type: "integer" }], items: { type: "boolean" } } },
      { query: "p=5&p=true" },
      "3.1.0",
    ),
    [5, true],
  );
});

test("an integer that a number can't hold stays the digits it is", async () => {
  const id = "9007199254740993";
  assert.equal(await taken("query", { schema: { type: "integer", format: "int64" } }, { query: `p=${id}` }), id);
  assert.deepEqual(await taken("query", { schema: INTEGERS }, { query: `p=1&p=-${id}` }), [1, `-${id}`]);
  assert.deepEqual(await taken("query", { schema: { type: "integer", maximum: 9 } }, { query: `p=${id}` }), [
    "expected query p to be at most 9, got 9007199254740992",
  ]);
});

for (const [how, text, value] of [
  [{ schema: { type: "string" } }, " a%20b, c ", "a%20b, c"],
  [{ schema: INTEGERS }, "1, 2 ,3", [1, 2, 3]],
  [{ schema: COLOUR }, "R, 1, G, 2", { R: 1, G: 2 }],
  [{ schema: COLOUR, explode: true }, "R=1, G=2", { R: 1, G: 2 }],
  [{ schema: { type: "integer" } }, "x", ['expected header p to be an integer, got "x"']],
] as const) {
  test(`the header "${text}" with ${JSON.stringify(how)} is ${JSON.stringify(value)}`, async () => {
    assert.deepEqual(await taken("header", how, { headers: { p: text } }), value);
  });
}

for (const [how, text, value] of [
  [{ schema: { type: "string" } }, "a=1; p=x%20y; b=2", "x y"],
  [{ schema: { type: "string" } }, 'p="100% sure"', "100% sure"],
  [{ schema: INTEGERS, explode: false }, "p=1,2", [1, 2]],
  [{ schema: { type: "integer" } }, "p=secret", ["expected cookie p to be an integer, got a string that is not shown"]],
  [{ required: true, schema: {} }, "q=1", ["expected cookie p to be present, got none"]],
] as const) {
  test(`the cookie "${text}" with ${JSON.stringify(how)} is ${JSON.stringify(value)}`, async () => {
    assert.deepEqual(await taken("cookie", how, { headers: { cookie: text } }), value);
  });
}

test("names are those of the document, header names in lower case, and what is inherited is nobody's value", async () => {
  const parameters = ["constructor", "X-Thing"].map((name) => ({ name, in: "header", schema: { type: "string" } }));
  const operation = await operationOf(
    {
      parameters: [...parameters, { name: "toString", in: "path", required: true, schema: {} }],
    },
    { path: "/{toString}" },
  );
  const result = operation.validateRequest(request({ headers: { "x-thing": "1" }, params: {} }));
  assert.deepEqual(faultsOf(result), ["expected path toString to be present, got none"]);
  const good = operation.validateRequest(request({ headers: { "x-thing": "1" }, params: { toString: "2" } }));
  assert.ok(good.ok);
  assert.deepEqual({ ...good.headers }, { "x-thing": "1" });
  assert.equal(good.query.constructor, undefined);
});

test("accept, content-type and authorization are described elsewhere and not checked as parameters", async () => {
  const parameters = ["Accept", "Content-Type", "Authorization"].map((name) => ({
    ...{ name, in: "header", required: true },
    schema: { type: "integer" },
  }));
  const operation = await operationOf({ parameters });
  assert.deepEqual(faultsOf(operation.validateRequest(request({ headers: { authorization: "Bearer x" } }))), []);
});

test("an operation's own parameter replaces that of its path, and the others stay", async () => {
  const document = await loadOpenApi(fixture("clinic/clinic.yaml"));
  const headers = { "accept-locale": "x", cookie: "session=12345678" };
  assert.deepEqual(
    faultsOf(
      operationAt(document, "/pets/{petId}", "delete").validateRequest(request({ headers, params: { petId: "5" } })),
    ),
    [
      "expected path petId to be at least 100, got 5",
      'expected header accept-locale to be a string that matches ^[a-z]{2}(-[A-Z]{2})?$, got "x"',
    ],
  );
  assert.deepEqual(
    faultsOf(operationAt(document, "/pets/{petId}", "get").validateRequest(request({ params: { petId: "5" } }))),
    [],
  );
});

test("fields of other parameters are not members of an exploded object that takes any", async () => {
  const schema = { type: "object", additionalProperties: { type: "integer" } };
  const operation = await operationOf({
    parameters: [
      { name: "rest", in: "query", schema },
      { name: "page", in: "query", schema: { type: "string" } },
    ],
  });
  const result = operation.validateRequest(request({ query: "a=1&page=x" }));
  assert.ok(result.ok);
  assert.equal(JSON.stringify(result.query), '{"rest":{"a":1},"page":"x"}');
});

test("all faults of a request are told at once, at most a hundred", async () => {
  const document = await loadOpenApi(fixture("clinic/clinic.yaml"));
  const operation = operationAt(document, "/pets", "get");
  assert.deepEqual(
    faultsOf(operation.validateRequest(request({ query: "limit=x&tags=1&tags=2&tags=3&tags=4&tags=5&tags=6" }))),
    [
      'expected query limit to be an integer, got "x"',
      "expected query tags to be an array of at most 5 items, got an array of 6 items",
    ],
  );
  const many = operation.validateRequest(request({ query: `limit=x&ids=${"x,".repeat(500)}` }));
  assert.ok(!many.ok);
  assert.equal(many.faults.length, 100);
});

test("a deep object as deep as a caller likes is refused, not followed", async () => {
  const schema = { type: "object" };
  const faults = await taken("query", { schema, style: "deepObject" }, { query: `p${"[a]".repeat(100_000)}=1` });
  assert.deepEqual(faults, ["expected query p to be nested at most 64 levels, got 100000 levels"]);
});

test("names that strangers choose leave nothing behind", async () => {
  const schema = { type: "object", additionalProperties: { type: "integer" }, patternProperties: { "^x": {} } };
  const bundle = await bundleOf({ schemas: { A: schema } }, "3.1.0");
  const shape = new Shape(bundle, ["/components/schemas/A"]);
  assert.equal(shape.member("one"), shape.member("two"));
  assert.equal(shape.member("x1"), shape.member("x2"));
  assert.notEqual(shape.member("one"), shape.member("x1"));
  assert.equal(shape.item(1), shape.item(100_000));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { loadOpenApi } from "../../lib/openapi/index.ts";
import {
  faultsOf,
  fixture,
  jsonOperation,
  jsonRequest,
  loadFiles,
  operationAt,
  operationOf,
  request,
} from "./documents.ts";

const JSON_TYPE = { "content-type": "application/json" };

test("a value nested deeper than a check can follow is a fault, not a crash", async () => {
  const document = await loadOpenApi(fixture("shop/shop.json"));
  const body = `${'{"branches":['.repeat(200_000)}${"]}".repeat(200_000)}`;
  assert.deepEqual(
    faultsOf(operationAt(document, "/tree", "post").validateRequest(request({ headers: JSON_TYPE, body }))),
    ["expected body to be nested less deeply, got more levels than can be checked"],
  );
});

test("schemas that lead to each other in a long chain are compiled, and asked from end to end", async () => {
  const length = 400;
  const next = (index: number) => ({ $ref: `#/components/schemas/S${index + 1}` });
  const link = (_: unknown, index: number) => [`S${index}`, { type: "object", properties: { next: next(index) } }];
  const schemas = Object.fromEntries(Array.from({ length }, link));
  schemas[`S${length}`] = { type: "integer" };
  const operation = await jsonOperation({ $ref: "#/components/schemas/S0" }, "3.1.0", schemas);
  const nested = (leaf: unknown) => Array.from({ length }).reduce((next) => ({ next }), leaf);
  assert.ok(operation.validateRequest(jsonRequest(nested(1))).ok);
  const [fault = ""] = faultsOf(operation.validateRequest(jsonRequest(nested("x"))));
  assert.match(fault, /^expected body \/next\/next.* to be an integer, got "x"$/);
});

test("schemas that lead to each other in more steps than can be followed are a mistake, not a crash", async () => {
  const next = (index: number) => ({ $ref: `#/components/schemas/S${(index + 1) % 8000}` });
  const link = (_: unknown, index: number) => [`S${index}`, { type: "object", properties: { next: next(index) } }];
  const schemas = Object.fromEntries(Array.from({ length: 8000 }, link));
  const operation = await jsonOperation({ $ref: "#/components/schemas/S0" }, "3.1.0", schemas);
  assert.throws(() => operation.compile("request"), { code: "openapi-invalid", message: /over fewer steps/ });
});

test("a document nested deeper than can be read is a mistake, not a crash", async () => {
  const schema = `${'{"type":"object","properties":{"a":'.repeat(20_000)}{}${"}}".repeat(20_000)}`;
  const document = JSON.stringify({
    openapi: "3.1.0",
    info: { title: "t", version: "1" },
    paths: {},
    "x-deep": "HERE",
  });
  await assert.rejects(loadFiles({ "a.json": document.replace('"HERE"', schema) }), {
    code: "openapi-invalid",
    message: /a document nested less deeply/,
  });
});

test("the kinds of a schema that is met again by way of many others are looked for once", async () => {
  const schemas: Record<string, object> = { S40: { type: "integer" } };
  // Followed on every way this would be 2^40 looks.
  for (let index = 0; index < 40; index++) {
    const next = { $ref: `#/components/schemas/S${index + 1}` };
    schemas[`S${index}`] = { allOf: [next, next] };
  }
  const parameters = [{ name: "n", in: "query", schema: { $ref: "#/components/schemas/S0" } }];
  const operation = await operationOf({ parameters }, { components: { schemas } });
  operation.compile("request");
});

test("a large body full of faults is told the first only", async () => {
  const operation = await jsonOperation({ type: "array", items: { type: "integer" } });
  const faults = faultsOf(operation.validateRequest(jsonRequest(Array(100_000).fill("x"))));
  assert.deepEqual(faults, ['expected body /0 to be an integer, got "x"']);
  assert.equal(faultsOf(operation.validateRequest(jsonRequest(Array(1000).fill("x")))).length, 100);
});

test("in a very large text that is no JSON the place is not looked for", async () => {
  const operation = await jsonOperation({});
  const faults = (body: string) => faultsOf(operation.validateRequest(request({ headers: JSON_TYPE, body })));
  assert.deepEqual(faults(`[${"1,".repeat(500_000)}]`), [
    'expected body to be JSON with a value at 1:1000002, got "]"',
  ]);
  assert.deepEqual(faults(`[${"1,".repeat(600_000)}]`), ["expected body to be JSON, got other text"]);
});

test("the first fault of a large body is told also where alternatives failed", async () => {
  const items = { anyOf: [{ type: "object", required: ["a"] }, { type: "null" }] };
  const operation = await jsonOperation({ type: "array", items }, "3.1.0");
  assert.deepEqual(faultsOf(operation.validateRequest(jsonRequest([null, ...Array(20_000).fill({})]))), [
    "expected body /1 to be one of: an object, null, got an empty object",
  ]);
});

test("many items are found to be unique in little time", async () => {
  const operation = await jsonOperation({ type: "array", uniqueItems: true });
  const items = Array.from({ length: 200_000 }, (_, index) => ({ index }));
  // Compared each with each this would go on for minutes.
  assert.ok(operation.validateRequest(jsonRequest(items)).ok);
  assert.equal(operation.validateRequest(jsonRequest([...items, { index: 5 }])).ok, false);
});

const EXPRESSION = (name: string) => ({
  type: "object",
  required: ["left", "right", "op"],
  properties: {
    left: { $ref: "#/components/schemas/Any" },
    right: { $ref: "#/components/schemas/Any" },
    op: { const: name },
  },
});

for (const [what, alternatives] of [
  ["alternatives with a literal each", [EXPRESSION("+"), EXPRESSION("*"), { type: "number" }]],
  [
    "alternatives that a discriminator names",
    ["Add", "Multiply"].map((name) => ({ $ref: `#/components/schemas/${name}` })),
  ],
] as const) {
  test(`${what} that contain each other are tried once each, however deep the value is`, async () => {
    const Any = { anyOf: alternatives, ...(what.includes("discr") ? { discriminator: { propertyName: "op" } } : {}) };
    const schemas = { Any, Add: EXPRESSION("Add"), Multiply: EXPRESSION("Multiply") };
    const operation = await jsonOperation({ $ref: "#/components/schemas/Any" }, "3.1.0", schemas);
    const [op, leaf] = what.includes("discr") ? ["Add", undefined] : ["+", "x"];
    let value: unknown = leaf;
    // Tried with every alternative at every level this would be 2^200 attempts.
    for (let level = 0; level < 200; level++)
      value = { left: value, op, right: level === 0 ? leaf : { left: 1, right: 1, op } };
    assert.equal(operation.validateRequest(jsonRequest(value)).ok, false);
  });
}

test("alternatives that can't be told apart are told by their first fault only", async () => {
  const node = (name: string) => ({
    type: "object",
    required: ["kind"],
    properties: { kind: { const: name }, next: { $ref: "#/components/schemas/Any" } },
  });
  // The literals overlap, so that none says which alternative is meant.
  const Any = {
    anyOf: [
      node("a"),
      { ...node("b"), properties: { ...node("b").properties, kind: { enum: ["a", "b"] } } },
      { type: "null" },
    ],
  };
  const operation = await jsonOperation({ $ref: "#/components/schemas/Any" }, "3.1.0", { Any });
  assert.deepEqual(faultsOf(operation.validateRequest(jsonRequest({ kind: "x", next: { kind: 1 } }))), [
    "expected body to be one of: an object, an object, null, got an object of 2 members",
  ]);
  // To look for all faults would take twice as long with each level.
  let value: unknown = { kind: "x" };
  for (let level = 0; level < 100; level++) value = { kind: "x", next: value };
  assert.equal(faultsOf(operation.validateRequest(jsonRequest(value))).length, 1);
});

test("members called like what objects inherit are members like others", async () => {
  const operation = await jsonOperation({
    type: "object",
    properties: { constructor: { type: "string", default: "c" } },
    additionalProperties: { type: "integer" },
  });
  const taken = (body: string) => operation.validateRequest(request({ headers: JSON_TYPE, body }));
  assert.deepEqual(faultsOf(taken('{"__proto__":"x","toString":"y"}')), [
    'expected body /__proto__ to be an integer, got "x"',
    'expected body /toString to be an integer, got "y"',
  ]);
  const result = taken('{"__proto__":1}');
  assert.ok(result.ok);
  assert.equal(JSON.stringify(result.body), '{"__proto__":1,"constructor":"c"}');
  assert.equal(Object.getPrototypeOf(result.body), Object.prototype);
});

test("a default called like what objects inherit is a member", async () => {
  const schema = JSON.parse('{"type":"object","properties":{"__proto__":{"default":{"polluted":true}}}}');
  const result = (await jsonOperation(schema)).validateRequest(jsonRequest({}));
  assert.ok(result.ok);
  assert.equal((result.body as { polluted?: boolean }).polluted, undefined);
  assert.equal(JSON.stringify(result.body), '{"__proto__":{"polluted":true}}');
});

test("no fault shows a secret, or much of anything", async () => {
  const long = "x".repeat(5000);
  const integer = { type: "integer" };
  const operation = await operationOf({
    parameters: [
      { name: "X-Api-Key", in: "header", schema: integer },
      { name: "access_token", in: "query", schema: integer },
      { name: "long", in: "query", schema: integer },
    ],
    requestBody: {
      content: {
        "application/json": {
          schema: {
            type: "object",
            properties: {
              password: { type: "string", pattern: "^safe$" },
              tokens: { type: "array", items: integer },
              secret: { oneOf: [integer, { type: "boolean" }] },
              text: integer,
              nested: integer,
            },
            additionalProperties: false,
          },
        },
      },
    },
  });
  const body = {
    password: "hush-1",
    tokens: ["hush-2"],
    secret: "hush-3",
    text: long,
    nested: { password: "hush-4" },
    [long]: 1,
    apiKey: "hush-5",
  };
  const result = operation.validateRequest({
    ...jsonRequest(body),
    headers: { ...JSON_TYPE, "x-api-key": "hush-6" },
    query: `access_token=hush-7&long=${long}`,
  });
  assert.ok(!result.ok);
  assert.equal(result.faults.length, 10);
  for (const fault of result.faults) {
    const line = JSON.stringify(fault);
    assert.doesNotMatch(line, /hush/);
    assert.ok(line.length < 500, line);
  }
});

test("control characters of a value do not reach a message", async () => {
  const operation = await jsonOperation({ type: "integer" });
  const [fault = ""] = faultsOf(operation.validateRequest(jsonRequest("a\u001b[2J\n\u2028\u0085\ud800")));
  assert.equal(fault, 'expected body to be an integer, got "a\\u001b[2J\\n\\u2028\\u0085\\ud800"');
});

test("control characters of a name do not reach a message", async () => {
  const operation = await jsonOperation({ type: "object", additionalProperties: false });
  const [fault = ""] = faultsOf(operation.validateRequest(jsonRequest({ "a\nerror: b\u001b": 1 })));
  assert.equal(fault, "expected body /a\\u000aerror: b\\u001b to be absent, got 1");
});

test("a request is checked without a trace in the values it came with", async () => {
  const document = await loadOpenApi(fixture("clinic/clinic.yaml"));
  const given = Object.freeze({
    params: Object.freeze({}),
    query: "limit=5",
    headers: Object.freeze({}),
    body: Buffer.alloc(0),
  });
  const operation = operationAt(document, "/pets", "get");
  const [first, second] = [operation.validateRequest(given), operation.validateRequest(given)];
  assert.deepEqual(first, second);
});

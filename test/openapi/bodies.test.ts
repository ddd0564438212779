import assert from "node:assert/strict";
import { test } from "node:test";
import { loadOpenApi } from "../../lib/openapi/index.ts";
import type { Operation } from "../../lib/openapi/types.ts";
import { faultsOf, fixture, jsonOperation, operationAt, operationOf, request } from "./documents.ts";

const STRING = { type: "string" };
const INTEGER = { type: "integer" };

/** The body of a valid request, or its status and faults. */
function taken(operation: Operation, contentType: string | undefined, body: string | Buffer): unknown {
  const headers: Record<string, string> = contentType === undefined ? {} : { "content-type": contentType };
  const result = operation.validateRequest(request({ headers, body }));
  if (!result.ok) return [result.status, ...faultsOf(result)];
  return Buffer.isBuffer(result.body) ? result.body : JSON.parse(JSON.stringify({ body: result.body })).body;
}

const accepting = (content: object, required = false) => operationOf({ requestBody: { content, required } });

const RANGES = {
  "application/json": { schema: INTEGER },
  "application/*": { schema: STRING },
  "text/plain": {},
  'application/json;version="2"': { schema: { type: "boolean" } },
};

test("a packed body is of a coding that is not taken, unless nothing was done to it", async () => {
  const operation = await accepting({ "application/json": { schema: INTEGER } });
  const sent = (coding: string) => {
    const headers = { "content-type": "application/json", "content-encoding": coding };
    const result = operation.validateRequest(request({ headers, body: "1" }));
    return result.ok || [result.status, ...faultsOf(result)];
  };
  assert.deepEqual(sent("gzip"), [415, 'expected header content-encoding to be identity, got "gzip"']);
  assert.equal(sent("Identity"), true);
});

for (const [contentType, body, value] of [
  ["application/json", "1", 1],
  ["Application/JSON ; charset=UTF-8", "1", 1],
  ["application/json;", "1", 1],
  ["application/json; version=2", "true", true],
  ["application/json; version=3", "1", 1],
  ["application/vnd.x+json", '"a"', "a"],
  ["application/octet-stream", "1", Buffer.from("1")],
  ["text/plain", "a", "a"],
  [
    "text/html",
    "a",
    [
      415,
      'expected header content-type to be one of "application/json", "application/*", "text/plain", "application/json;version=\\"2\\"", got "text/html"',
    ],
  ],
  [
    "json",
    "1",
    [
      415,
      'expected header content-type to be one of "application/json", "application/*", "text/plain", "application/json;version=\\"2\\"", got "json"',
    ],
  ],
  [
    undefined,
    "1",
    [
      415,
      'expected header content-type to be one of "application/json", "application/*", "text/plain", "application/json;version=\\"2\\"", got none',
    ],
  ],
] as const) {
  test(`a body of the type ${contentType} is read by the closest of the document's`, async () => {
    assert.deepEqual(taken(await accepting(RANGES), contentType, body), value);
  });
}

test("the one type that is accepted is named alone", async () => {
  assert.deepEqual(taken(await accepting({ "application/json": {} }), "text/plain", "x"), [
    415,
    'expected header content-type to be "application/json", got "text/plain"',
  ]);
});

test("with another fault beside the content type the status is 400", async () => {
  const operation = await operationOf({
    parameters: [{ name: "a", in: "query", required: true, schema: {} }],
    requestBody: { content: { "application/json": {} } },
  });
  assert.deepEqual(taken(operation, "text/plain", "x"), [
    400,
    "expected query a to be present, got none",
    'expected header content-type to be "application/json", got "text/plain"',
  ]);
});

test("a body that is required has to be there, an empty text is there, and other bodies may be missing", async () => {
  const content = {
    "application/json": {},
    "text/plain": {},
    "application/x-www-form-urlencoded": {},
    "image/png": {},
  };
  const missing = [400, "expected body to be present, got none"];
  for (const [contentType, value] of [
    [undefined, missing],
    ["application/json", missing],
    ["image/png", missing],
    ["text/plain", ""],
    ["application/x-www-form-urlencoded", {}],
  ] as const) {
    assert.deepEqual(taken(await accepting(content, true), contentType, ""), value);
  }
  assert.equal(taken(await accepting(content), undefined, ""), undefined);
});

test("where the document says nothing of a body, it is handed on as it is", async () => {
  assert.deepEqual(taken(await operationOf({}), "what/ever", "x"), Buffer.from("x"));
});

for (const [body, fault] of [
  ["", undefined],
  ["{", "JSON with a name in double quotes at 1:2, got the end"],
  ['{"a":1,\n "b" 2}', 'JSON with ":" at 2:6, got "2"'],
  ["[1,\n2,]", 'JSON with a value at 2:3, got "]"'],
  ["nul", 'JSON with a value at 1:1, got "n"'],
  ['"a', "JSON with the closing quote of a string at 1:3, got the end"],
  ['"\\x"', 'JSON with an escape that JSON has at 1:2, got "\\\\"'],
  ["01", 'JSON with the end at 1:2, got "1"'],
  ["{'a':1}", 'JSON with a name in double quotes at 1:2, got "\'"'],
  ["[1}", 'JSON with "," or "]" at 1:3, got "}"'],
  ["1 😀", 'JSON with the end at 1:3, got "😀"'],
  [Buffer.from([0x22, 0xff, 0x22]), "text in utf-8, got bytes that are none"],
  [Buffer.from("\ufeff1"), undefined],
] as const) {
  test(`that ${JSON.stringify(body.toString())} is ${fault === undefined ? "a body" : "none"} is told with its place`, async () => {
    const operation = await jsonOperation({});
    const headers = { "content-type": "application/json" };
    const faults = faultsOf(operation.validateRequest(request({ headers, body })));
    assert.deepEqual(faults, fault === undefined ? [] : [`expected body to be ${fault}`]);
  });
}

test("text is read in the charset that it names", async () => {
  const operation = await accepting({ "text/*": { schema: { type: "string", enum: ["è"] } } });
  assert.equal(taken(operation, "text/plain", Buffer.from("è")), "è");
  assert.equal(taken(operation, "text/plain; charset=iso-8859-1", Buffer.from([0xe8])), "è");
  assert.equal(taken(operation, 'text/plain; charset="UTF-16LE"', Buffer.from("è", "utf16le")), "è");
  assert.deepEqual(taken(operation, "text/plain", Buffer.from([0xe8])), [
    400,
    "expected body to be text in utf-8, got bytes that are none",
  ]);
  assert.deepEqual(taken(operation, "text/plain; charset=shift_jis", Buffer.from([0xfd])), [
    400,
    "expected body to be text in shift_jis, got bytes that are none",
  ]);
  assert.deepEqual(taken(operation, "text/plain; charset=klingon", "x"), [
    415,
    'expected header content-type to be in a charset that is known, got "text/plain; charset=klingon"',
  ]);
});

test("text that stands for a number is checked as one", async () => {
  const operation = await accepting({ "text/plain": { schema: { type: "integer", maximum: 5 } } });
  assert.equal(taken(operation, "text/plain", "5"), 5);
  assert.deepEqual(taken(operation, "text/plain", "6"), [400, "expected body to be at most 5, got 6"]);
});

const FORM = {
  schema: {
    type: "object",
    required: ["name"],
    properties: {
      name: STRING,
      age: INTEGER,
      vip: { type: "boolean", default: false },
      tags: { type: "array", items: STRING },
      sizes: { type: "array", items: INTEGER },
      address: { type: "object", properties: { street: STRING, no: INTEGER } },
      lines: { type: "array", items: { type: "object", properties: { sku: STRING } } },
      meta: {},
      deep: { type: "object", properties: { a: INTEGER } },
      raw: STRING,
      flat: { type: "object", properties: { a: INTEGER, b: STRING } },
    },
  },
  encoding: {
    sizes: { style: "pipeDelimited", explode: false },
    meta: { contentType: "application/json" },
    deep: { style: "deepObject" },
    raw: { allowReserved: true },
    flat: { style: "form", explode: false },
  },
};

for (const [body, value] of [
  ["name=a+b%21&age=5", { name: "a b!", age: 5, vip: false }],
  ["name=a&tags=x&tags=y&vip=true", { name: "a", tags: ["x", "y"], vip: true }],
  ["name=a&vip=true&sizes=1|2", { name: "a", vip: true, sizes: [1, 2] }],
  ['name=a&vip=true&address={"street":"s","no":1}', { name: "a", vip: true, address: { street: "s", no: 1 } }],
  ["name=a&vip=true&street=s&no=1", { name: "a", vip: true, address: { street: "s", no: 1 } }],
  [
    'name=a&vip=true&lines={"sku":"1"}&lines={"sku":"2"}',
    { name: "a", vip: true, lines: [{ sku: "1" }, { sku: "2" }] },
  ],
  ['name=a&vip=true&lines={"sku":"1"}', { name: "a", vip: true, lines: [{ sku: "1" }] }],
  ['name=a&vip=true&lines=[{"sku":"1"}]', { name: "a", vip: true, lines: [{ sku: "1" }] }],
  ["name=a&vip=true&meta=%5B1%5D", { name: "a", vip: true, meta: [1] }],
  ["name=a&vip=true&deep[a]=1", { name: "a", vip: true, deep: { a: 1 } }],
  ["name=a&vip=true&flat=a,1,b,x", { name: "a", vip: true, flat: { a: 1, b: "x" } }],
  ["name=a&vip=true&raw=a+b", { name: "a", vip: true, raw: "a+b" }],
  ["name=a&vip=true&other=1&other=2", { name: "a", vip: true, other: ["1", "2"] }],
  [
    "age=x&address=5",
    [
      400,
      "expected body /name to be present, got none",
      'expected body /age to be an integer, got "x"',
      "expected body /address to be an object, got 5",
    ],
  ],
  ["name=%zz", [400, 'expected body /name to be percent-encoded UTF-8, got "%zz"']],
  ["name=a&token=%zz", [400, "expected body /token to be percent-encoded UTF-8, got a string that is not shown"]],
  ["name=a&name=b", [400, "expected body /name to be a string, got an array of 2 items"]],
  ["name=a&deep[a]=x", [400, 'expected body /deep/a to be an integer, got "x"']],
] as const) {
  test(`the form ${body} is ${JSON.stringify(value)}`, async () => {
    const operation = await accepting({ "application/x-www-form-urlencoded": FORM });
    assert.deepEqual(taken(operation, "application/x-www-form-urlencoded", body), value);
  });
}

test("a form and JSON of one schema are the same value", async () => {
  const document = await loadOpenApi(fixture("clinic/clinic.yaml"));
  const add = operationAt(document, "/pets", "post");
  const pet = { name: "a", species: "cat", vip: true };
  assert.deepEqual(taken(add, "application/x-www-form-urlencoded", "name=a&species=cat&vip=true"), pet);
  assert.deepEqual(taken(add, "application/json", JSON.stringify(pet)), pet);
});

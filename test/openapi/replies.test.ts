import assert from "node:assert/strict";
import { test } from "node:test";
import { loadOpenApi } from "../../lib/openapi/index.ts";
import type { ReplyInput } from "../../lib/openapi/types.ts";
import { faultsOf, fixture, loadFiles, operationAt, operationOf } from "./documents.ts";

/** A reply: by default 200 with a JSON body. */
function reply(body: unknown, parts: Partial<ReplyInput> = {}): ReplyInput {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body === undefined ? "" : JSON.stringify(body));
  return { status: 200, contentType: "application/json", headers: {}, body: bytes, ...parts };
}

const clinic = loadOpenApi(fixture("clinic/clinic.yaml"));
const PET = { id: 1, name: "a", species: "cat" };
const PROBLEM = { contentType: "application/problem+json" };

for (const [what, given, faults] of [
  ["as documented", reply([PET], { headers: { "x-total": "1" } }), []],
  [
    "with a faulty body",
    reply([{ ...PET, id: "x" }], { headers: { "x-total": "1" } }),
    ['expected body /0/id to be an integer, got "x"'],
  ],
  [
    "with a faulty header",
    reply([], { headers: { "x-total": "many" } }),
    ['expected header x-total to be an integer, got "many"'],
  ],
  ["without a header that is required", reply([]), ["expected header x-total to be present, got none"]],
  [
    "of another content type",
    reply([], { headers: { "x-total": "0" }, contentType: "text/html" }),
    ['expected header content-type to be "application/json", got "text/html"'],
  ],
  [
    "without a content type",
    reply([], { headers: { "x-total": "0" }, contentType: undefined }),
    ['expected header content-type to be "application/json", got none'],
  ],
  ["without a body", reply(undefined, { headers: { "x-total": "0" } }), ["expected body to be present, got none"]],
  ["of a class of statuses", reply({ title: "x" }, { ...PROBLEM, status: 404 }), []],
  [
    "of a class of statuses, faulty",
    reply({}, { ...PROBLEM, status: 418 }),
    ["expected body /title to be present, got none"],
  ],
  [
    "of any other status",
    reply({ title: 1 }, { ...PROBLEM, status: 503 }),
    ["expected body /title to be a string, got 1"],
  ],
] as const) {
  test(`a reply ${what} has ${faults.length} faults`, async () => {
    assert.deepEqual(faultsOf(operationAt(await clinic, "/pets", "get").validateReply(given)), faults);
  });
}

test("a status that the document does not have is told with those it has", async () => {
  const operation = operationAt(await clinic, "/pets", "post");
  assert.deepEqual(faultsOf(operation.validateReply(reply(PET, { status: 200 }))), [
    "expected status to be 201, got 200",
  ]);
  const several = await operationOf({
    responses: { 201: { description: "a" }, "5XX": { description: "b" }, "x-c": {} },
  });
  assert.deepEqual(faultsOf(several.validateReply(reply(1, { status: 404 }))), [
    "expected status to be one of 201, 5xx, got 404",
  ]);
  assert.deepEqual(faultsOf(several.validateReply(reply(1, { status: 599 }))), []);
});

test("the status itself counts before its class, and the class before the default", async () => {
  const of = (type: string) => ({ description: "x", content: { "application/json": { schema: { type } } } });
  const operation = await operationOf({
    responses: { 200: of("string"), "2XX": of("integer"), default: of("boolean") },
  });
  for (const [status, body] of [
    [200, "x"],
    [201, 1],
    [500, true],
  ] as const) {
    assert.deepEqual(faultsOf(operation.validateReply(reply(body, { status }))), []);
    assert.equal(faultsOf(operation.validateReply(reply([], { status }))).length, 1);
  }
});

test("what is write-only must not be in a reply, and need not be", async () => {
  const operation = operationAt(await clinic, "/pets/{petId}", "get");
  assert.deepEqual(faultsOf(operation.validateReply(reply(PET))), []);
  assert.deepEqual(faultsOf(operation.validateReply(reply({ ...PET, chipCode: "x" }))), [
    'expected body /chipCode to be absent, got "x"',
  ]);
  const { id: _, ...rest } = PET;
  assert.deepEqual(faultsOf(operation.validateReply(reply(rest))), ["expected body /id to be present, got none"]);
});

test("that a secret was in a reply is told without it", async () => {
  const schema = {
    type: "object",
    required: ["password"],
    properties: { password: { type: "string", writeOnly: true } },
  };
  const operation = await operationOf({
    responses: { 200: { description: "x", content: { "application/json": { schema } } } },
  });
  assert.deepEqual(faultsOf(operation.validateReply(reply({}))), []);
  assert.deepEqual(faultsOf(operation.validateReply(reply({ password: "hush" }))), [
    "expected body /password to be absent, got a string that is not shown",
  ]);
});

test("without a word of content a body may be anything, and with an empty list there must be none", async () => {
  const operation = await operationOf({
    responses: { 200: { description: "x" }, 202: { description: "y", content: {} } },
  });
  assert.deepEqual(faultsOf(operation.validateReply(reply("x", { contentType: undefined }))), []);
  assert.deepEqual(faultsOf(operation.validateReply(reply(undefined, { status: 202 }))), []);
  assert.deepEqual(faultsOf(operation.validateReply(reply("x", { status: 202 }))), [
    "expected body to be absent, got 3 bytes",
  ]);
});

test("statuses that have no body need none, whatever the document says", async () => {
  const response = { description: "x", content: { "application/json": { schema: { type: "object" } } } };
  const operation = await operationOf({ responses: { 204: response, 304: response } });
  for (const status of [204, 304]) {
    assert.deepEqual(faultsOf(operation.validateReply(reply(undefined, { status, contentType: undefined }))), []);
  }
});

test("an operation without responses says nothing of them, and one of HEAD nothing of bodies", async () => {
  const document = await loadFiles({
    "a.json": {
      openapi: "3.1.0",
      info: { title: "t", version: "1" },
      paths: {
        "/": {
          get: {},
          head: {
            responses: { 200: { description: "x", content: { "application/json": { schema: { type: "object" } } } } },
          },
        },
      },
    },
  });
  assert.deepEqual(faultsOf(operationAt(document, "/", "get").validateReply(reply(1, { status: 555 }))), []);
  assert.deepEqual(
    faultsOf(operationAt(document, "/", "head").validateReply(reply(undefined, { contentType: undefined }))),
    [],
  );
});

test("nothing is filled into a reply", async () => {
  const document = await clinic;
  const given = reply({ ...PET });
  const before = given.body.toString();
  assert.deepEqual(faultsOf(operationAt(document, "/pets", "post").validateReply({ ...given, status: 201 })), []);
  assert.equal(given.body.toString(), before);
});

test("requests and replies are compiled each for itself", async () => {
  const schema = { $ref: "#/components/schemas/A" };
  const content = { "application/json": { schema } };
  const schemas = { A: { allOf: [schema] } };
  const operation = await operationOf(
    { requestBody: { content: { "text/plain": {} } }, responses: { 200: { description: "x", content } } },
    { components: { schemas } },
  );
  operation.compile("request");
  assert.throws(() => operation.compile("reply"), /applies itself to the same value/);
  assert.throws(() => operation.validateReply(reply(1)), /applies itself to the same value/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { loadOpenApi, OpenApiError } from "../../lib/openapi/index.ts";
import { faultsOf, fixture, jsonRequest, loadFiles, operationAt } from "./documents.ts";

const INFO = { title: "test", version: "1" };
const OK = { description: "ok" };

test("a document in several files is read as one, with the neighbours under components", async () => {
  const document = await loadOpenApi(fixture("clinic/clinic.yaml"));
  assert.equal(document.version, "3.0");
  assert.deepEqual(
    document.operations().map(({ path, verb, operationId }) => [path, verb, operationId]),
    [
      ["/pets", "get", "listPets"],
      ["/pets", "post", "addPet"],
      ["/pets/{petId}", "get", "getPet"],
      ["/pets/{petId}", "delete", "removePet"],
      ["/visits", "post", "addVisit"],
    ],
  );
  const { schemas, parameters } = document.raw.components as Record<string, object>;
  assert.deepEqual(Object.keys(schemas ?? {}).sort(), ["Checkup", "Pet", "Species", "Surgery", "Visit", "owner"]);
  assert.deepEqual(Object.keys(parameters ?? {}), ["Locale"]);
});

test("every reference of a document that was read is a pointer into it", async () => {
  const { raw } = await loadOpenApi(fixture("clinic/clinic.yaml"));
  const references = [...JSON.stringify(raw).matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference]) => reference);
  assert.ok(references.length > 10);
  for (const reference of references) assert.match(reference ?? "", /^#\/components\/\w+\/\w+$/);
});

test("JSON and 3.1 are read, and a $ref in an example is nobody's reference", async () => {
  const document = await loadOpenApi(fixture("shop/shop.json"));
  assert.equal(document.version, "3.1");
  assert.match(JSON.stringify(document.raw), /not a reference/);
});

test("an operation is the same object each time, and undefined where the document has none", async () => {
  const document = await loadOpenApi(fixture("clinic/clinic.yaml"));
  const operation = document.operation("/pets", "get");
  assert.ok(operation !== undefined && operation === document.operation("/pets", "get"));
  assert.equal(document.operation("/pets", "delete"), undefined);
  assert.equal(document.operation("/cats", "get"), undefined);
  assert.equal(document.operation("__proto__", "get"), undefined);
});

test("schemas that contain each other across files validate as deep as the value goes", async () => {
  const document = await loadOpenApi(fixture("clinic/clinic.yaml"));
  const pet = { name: "a", species: "cat" };
  const owner = { email: "o@example.org", pets: [{ ...pet, owner: { email: "nobody" } }] };
  assert.deepEqual(faultsOf(operationAt(document, "/pets", "post").validateRequest(jsonRequest({ ...pet, owner }))), [
    'expected body /owner/pets/0/owner/email to be of the format email, got "nobody"',
  ]);
});

test("anchors, aliases and merge keys of YAML are followed", async () => {
  const document = await loadFiles({
    "a.yaml": `
openapi: 3.0.3
info: {title: t, version: "1"}
x-base: &base
  type: object
  required: [a]
paths:
  /:
    post:
      requestBody:
        content:
          application/json: &json
            schema: {<<: *base, maxProperties: 1}
          application/x+json: *json
      responses: {200: {description: ok}}
`,
  });
  const operation = operationAt(document, "/", "post");
  assert.deepEqual(faultsOf(operation.validateRequest(jsonRequest({ b: 1 }))), [
    "expected body /a to be present, got none",
  ]);
});

test("a reference by anchor is followed in 3.1", async () => {
  const document = await loadFiles({
    "a.json": {
      openapi: "3.1.0",
      info: INFO,
      paths: {
        "/": { post: { requestBody: { content: { "application/json": { schema: { $ref: "b.json#pet" } } } } } },
      },
    },
    "b.json": { schemas: [{ $anchor: "pet", type: "string" }] },
  });
  assert.deepEqual(faultsOf(operationAt(document, "/", "post").validateRequest(jsonRequest(1))), [
    "expected body to be a string, got 1",
  ]);
});

test("things of one name from several files keep apart", async () => {
  const schema = (file: string) => ({ content: { "application/json": { schema: { $ref: `${file}#/Thing` } } } });
  const document = await loadFiles({
    "a.json": {
      openapi: "3.0.3",
      info: INFO,
      paths: {
        "/b": { post: { requestBody: schema("b.json"), responses: { 200: OK } } },
        "/c": { post: { requestBody: schema("folder/c%20d.json"), responses: { 200: OK } } },
      },
      components: { schemas: { Thing: { type: "boolean" } } },
    },
    "b.json": { Thing: { type: "string" } },
    "folder/c d.json": { Thing: { type: "integer" } },
  });
  const faults = (path: string) => faultsOf(operationAt(document, path, "post").validateRequest(jsonRequest([])));
  assert.deepEqual(faults("/b"), ["expected body to be a string, got an empty array"]);
  assert.deepEqual(faults("/c"), ["expected body to be an integer, got an empty array"]);
  assert.deepEqual(document.raw.components, {
    schemas: { Thing: { type: "boolean" }, Thing_2: { type: "string" }, Thing_3: { type: "integer" } },
  });
});

test("path items in other files may lead to further files, and keep what stands beside the reference", async () => {
  const document = await loadFiles({
    "a.json": {
      openapi: "3.0.3",
      info: INFO,
      paths: { "/x": { $ref: "sub/b.json", get: { operationId: "own", responses: { 200: OK } } } },
    },
    "sub/b.json": { $ref: "c.json#/item" },
    "sub/c.json": {
      item: {
        get: { operationId: "theirs", responses: { 200: OK } },
        put: { operationId: "put", responses: { 200: { $ref: "#/ok" } } },
      },
      ok: OK,
    },
  });
  assert.deepEqual(
    document.operations().map(({ verb, operationId }) => `${verb} ${operationId}`),
    ["get own", "put put"],
  );
});

test("a discriminator's mapping leads to neighbours too", async () => {
  const schema = {
    oneOf: [{ $ref: "cat.json" }, { $ref: "sub/dog.yaml#/Dog" }],
    discriminator: { propertyName: "kind", mapping: { miaow: "cat.json", woof: "sub/dog.yaml#/Dog" } },
  };
  const requestBody = { content: { "application/json": { schema } } };
  const document = await loadFiles({
    "a.json": { openapi: "3.0.3", info: INFO, paths: { "/": { post: { requestBody, responses: { 200: OK } } } } },
    "cat.json": { type: "object", required: ["lives"], properties: {} },
    "sub/dog.yaml": "Dog: {type: object, required: [barks]}",
  });
  const faults = (kind: string) => faultsOf(operationAt(document, "/", "post").validateRequest(jsonRequest({ kind })));
  assert.deepEqual(faults("miaow"), ["expected body /lives to be present, got none"]);
  assert.deepEqual(faults("woof"), ["expected body /barks to be present, got none"]);
  assert.match(faults("moo")[0] ?? "", /^expected body \/kind to be one of "miaow", "woof"/);
});

test("a file that can't be read, or is none of UTF-8, is a mistake with its name", async () => {
  await assert.rejects(loadOpenApi("/nowhere/at all.yaml"), (error) => {
    assert.ok(error instanceof OpenApiError);
    assert.equal(error.code, "openapi-invalid");
    assert.match(error.message, /^\/nowhere\/at all\.yaml: expected a file that can be read, got ENOENT/);
    return true;
  });
  await assert.rejects(loadOpenApi(import.meta.dirname), /expected a file that can be read, got EISDIR/);
});

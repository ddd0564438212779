import assert from "node:assert/strict";
import { test } from "node:test";
import { curl } from "../helpers/curl.ts";
import { TELL, words } from "../helpers/fixtures.ts";
import { startGateway } from "../helpers/gateway.ts";

const DOCUMENT = `
openapi: 3.0.3
info: {title: t, version: "1"}
paths:
  /pets/{petId}:
    parameters:
      - {name: petId, in: path, required: true, schema: {type: integer}}
    post:
      parameters:
        - {name: limit, in: query, schema: {type: integer, default: 20}}
      requestBody: {required: true, content: {application/json: {schema: {$ref: "pet.json#/Pet"}}}}
      responses: {"200": {description: d, content: {application/json: {schema: {type: object}}}}}
    delete: {responses: {"204": {description: d}}}
`;
const PET = JSON.stringify({
  Pet: {
    type: "object",
    required: ["name"],
    properties: { name: { type: "string" }, kind: { type: "string", default: "cat" } },
  },
});
const FILES = { "api.yaml": DOCUMENT, "pet.json": PET };
const JSON_TYPE = ["-H", "content-type: application/json"];

test("a request is checked before anything runs, and the defaults of the document reach the process", async (t) => {
  const cmd = words(...TELL, "{{jsonpayload}}", "{{query.limit}}");
  const route = `{cmd: ${cmd}, timeout: 20s, validate-in: true, validate-out: true}`;
  const { url, log } = await startGateway(t, `  /pets/{petId}: {post: ${route}}\n  /other: {get: {cmd: /bin/true}}`, {
    top: "openapi: api.yaml",
    files: FILES,
  });
  await log.find({ msg: /expected a route for each operation of the OpenAPI document, got none for delete/ });
  await log.find({ msg: /expected an operation of the OpenAPI document for each route, got none for get \/other/ });
  const good = await curl(`${url}/pets/7`, ...JSON_TYPE, "-d", '{"name":"Tom"}');
  assert.equal(good.status, 200, good.text);
  const [payload, limit] = JSON.parse(good.text).argv;
  assert.deepEqual([JSON.parse(payload), limit], [{ name: "Tom", kind: "cat" }, "20"]);
  const bad = await curl(`${url}/pets/seven?limit=x`, ...JSON_TYPE, "-d", '{"name":1}');
  assert.equal(bad.status, 400);
  const { faults } = JSON.parse(bad.text);
  assert.equal(faults.length, 3);
  for (const fault of faults) {
    assert.equal(typeof fault.expected, "string");
    assert.ok("got" in fault);
  }
  assert.equal((await curl(`${url}/pets/7`, "-H", "content-type: text/plain", "-d", "Tom")).status, 415);
  assert.equal(log.lines.filter(({ msg }) => /^I stored/.test(String(msg))).length, 1);
});

test("a route to be checked that the document lacks keeps the gateway from starting", async (t) => {
  const paths = "  /other: {get: {cmd: /bin/true, validate-in: true}}";
  await assert.rejects(
    startGateway(t, paths, { top: "openapi: api.yaml", files: FILES }),
    /service\.yaml:\d+:\d+: expected an operation of the OpenAPI document for each route, got none for get \/other/,
  );
});

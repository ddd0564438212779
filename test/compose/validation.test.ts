import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { planService } from "../../lib/compose/plan.ts";
import { ConfigError, parseConfig } from "../../lib/config/index.ts";
import type { Message } from "../../lib/core/message.ts";
import { verbatim } from "../../lib/core/reply.ts";
import { Gateway } from "../../lib/gateway/index.ts";
import { folderWith } from "../cli/urocket.ts";
import { FakeStarter } from "../helpers/fake-starter.ts";
import { FakeCaller, message } from "../helpers/message.ts";

const API = `
openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets/{petId}:
    put:
      parameters:
        - {name: petId, in: path, required: true, schema: {type: integer}}
        - {name: limit, in: query, schema: {type: integer, default: 20}}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties: {name: {type: string}, tag: {type: string, default: none}}
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {type: object, required: [ok], properties: {ok: {type: boolean}}}}}
  /toys: {get: {responses: {"200": {description: ok}}}}
`;

/** Routes of a configuration beside the document above, and what was warned of. */
async function plan(t: TestContext, paths: string, top = "openapi: api.yaml,", api = API) {
  const file = join(folderWith(t, { "api.yaml": api }), "u.yaml");
  const warned: string[] = [];
  const config = parseConfig(`{${top} paths: {${paths}}}`, file);
  const routes = await planService("u.yaml", config, (line) => warned.push(line));
  return { routes, warned };
}

const CHECKED = '"/pets/{petId}": {put: {cmd: x, validatein: true, validateout: true}}';

async function setUp(t: TestContext) {
  const { routes } = await plan(t, CHECKED);
  const starter = new FakeStarter();
  const gateway = new Gateway({ routes, starter });
  const send = (body: string, facts: Partial<Message> = {}) => {
    const caller = new FakeCaller();
    const headers = { "content-type": "application/json" };
    const sent = message({ path: "/pets/7", verb: "put", headers, body: Buffer.from(body), ...facts });
    gateway.handle(sent, caller);
    return { caller, id: sent.id };
  };
  return { gateway, starter, send };
}

test("a request that is as the document says runs, with the defaults filled in", async (t) => {
  const { starter, send } = await setUp(t);
  send('{"name":"Rex"}');
  assert.deepEqual(starter.last.spec.argv, ["x", '{"name":"Rex","tag":"none"}']);
  send("", { query: "limit=3", body: Buffer.from('{"name":"Rex","tag":"a"}') });
  assert.deepEqual(starter.last.spec.argv, ["x", '{"name":"Rex","tag":"a"}']);
});

test("a form keeps what was sent, field by field, where defaults are filled in", async (t) => {
  const form = `
openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              properties:
                tags: {type: array, items: {type: string}}
                owner: {type: object}
                mood: {type: string, default: good}
                seen: {type: array, items: {type: integer}, default: [1, 2]}
      responses: {default: {description: ok}}
`;
  const { routes } = await plan(t, "/pets: {post: {cmd: x, channel: stdin, validatein: true}}", undefined, form);
  const starter = new FakeStarter();
  const headers = { "content-type": "Application/X-WWW-Form-Urlencoded" };
  const body = Buffer.from("tags=a,b&tags=c&owner=%7B%22id%22%3A1%7D");
  new Gateway({ routes, starter }).handle(message({ path: "/pets", verb: "post", headers, body }), new FakeCaller());
  assert.equal(String(starter.last.spec.stdin), `${body}&mood=good&seen=1&seen=2`);
});

test("a request that is not is 400 with an entry for each fault, and nothing runs", async (t) => {
  const { starter, send } = await setUp(t);
  const { caller } = send('{"tag":5}', { path: "/pets/seven", query: "limit=x" });
  assert.equal(caller.reply.status, 400);
  assert.equal(caller.problem.code, "request-invalid");
  const faults = caller.problem.faults as { in: string; pointer: string }[];
  assert.deepEqual(faults.map((fault) => fault.in).sort(), ["body", "body", "path", "query"]);
  assert.equal(starter.started.length, 0);
});

test("a content type that the document lacks is 415", async (t) => {
  const { send } = await setUp(t);
  const { caller } = send("<a/>", { headers: { "content-type": "application/xml" } });
  assert.equal(caller.reply.status, 415);
  assert.equal(caller.problem.code, "media-type-unsupported");
});

test("an answer that is not as the document says is 502 to the caller, and the poster learns the faults", async (t) => {
  const { gateway, send } = await setUp(t);
  const { caller, id } = send('{"name":"Rex"}');
  const outcome = gateway.answer(id, verbatim(200, "application/json", Buffer.from('{"ok":"yes"}')));
  assert.ok(typeof outcome === "object" && Array.isArray(outcome.extras?.faults));
  assert.equal(caller.reply.status, 502);
  assert.equal(caller.problem.code, "answer-invalid");
});

test("an answer that is goes to the caller as it is", async (t) => {
  const { gateway, send } = await setUp(t);
  const { caller, id } = send('{"name":"Rex"}');
  assert.equal(gateway.answer(id, verbatim(200, "application/json", Buffer.from('{"ok":true}'))), "ok");
  assert.equal(caller.reply.body.toString(), '{"ok":true}');
});

test("a route that the document lacks and an operation without a route are told of", async (t) => {
  const { warned } = await plan(t, '/other: {get: {cmd: x}}, "/pets/{petId}": {put: {cmd: x}}');
  assert.deepEqual(warned, [
    "expected an operation of the OpenAPI document for each route, got none for get /other",
    "expected a route for each operation of the OpenAPI document, got none for get /toys",
  ]);
});

test("a route to be checked that the document lacks is a mistake, as is a document that is missing or broken", async (t) => {
  const refused = async (...asked: [paths: string, top?: string, api?: string]): Promise<string> => {
    const error = await plan(t, ...asked).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ConfigError, String(error));
    return error.message;
  };
  assert.match(
    await refused("/other: {get: {cmd: x, validatein: true}}"),
    /^u\.yaml:1:\d+: .* got none for get \/other$/,
  );
  assert.match(await refused(CHECKED, ""), /expected `openapi` to name the document/);
  assert.match(await refused(CHECKED, "openapi: gone.yaml,"), /gone\.yaml/);
  assert.match(await refused(CHECKED, undefined, "openapi: 3.0.3\npaths: 5\n"), /api\.yaml:\d+:\d+: expected/);
  // Found when the schemas of a route are compiled.
  const endless = API.replace(
    "schema: {type: integer, default: 20}",
    'schema: {allOf: [{$ref: "#/components/schemas/A"}]}',
  );
  const loop = 'components: {schemas: {A: {allOf: [{$ref: "#/components/schemas/A"}]}}}\n';
  assert.match(await refused(CHECKED, undefined, endless + loop), /api\.yaml:\d+:\d+: expected a schema that ends/);
});

test("a broken document that no route is checked by is warned of only", async (t) => {
  const { warned, routes } = await plan(t, "/a: {get: {cmd: x}}", undefined, "openapi: 3.0.3\npaths: 5\n");
  assert.equal(routes.length, 1);
  assert.match(warned.join("\n"), /api\.yaml:\d+:\d+: expected/);
});

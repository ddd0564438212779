import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { exampleOf } from "../../lib/admin/api-page/example.ts";
import { loadOpenApi } from "../../lib/openapi/index.ts";
import { curl } from "../helpers/curl.ts";
import { type GatewaySettings, startGateway } from "../helpers/gateway.ts";
import { until } from "../helpers/until.ts";

const ROUTES = `
  /pets/{petId}:
    post: {cmd: [/bin/echo, "{{jsonpayload}}"], reply: stdout, contenttype: application/json, timeout: 1m}
  /files/*:
    get: {cmd: [/bin/echo, "{{query.page}}", "{{header.x-trace}}"], reply: stdout, timeout: 1m}
  /later:
    put: {cmd: /bin/true, reply: accepted, encoding: text, timeout: 1m}
  /guarded:
    get: {cmd: /bin/true, reply: report, auth: {type: bearer, secretenv: SECRET}, timeout: 1m}
    delete: {cmd: /bin/true, auth: {type: apikey, secretenv: SECRET}, timeout: 1m}`;

const DOCUMENT = `openapi: 3.0.3
info: {title: "<script>alert(1)</script> & pets", version: "1", description: "It's <b>bold</b>"}
servers: [{url: "http://pets.example/v1"}]
paths:
  /pets/{petId}:
    parameters:
      - {name: petId, in: path, required: true, schema: {type: integer, minimum: 7}}
    post:
      summary: '"><img src=x onerror=alert(1)>'
      parameters:
        - {name: x-trace, in: header, required: true, schema: {type: string}, example: "it's"}
        - {name: dry, in: query, required: true, schema: {type: boolean}}
      requestBody: {required: true, content: {application/json: {schema: {$ref: "parts.yaml#/Pet"}}}}
      responses:
        "201": {description: "made </pre><script>"}
`;

const PARTS = `Pet:
  type: object
  required: [name]
  properties:
    name: {type: string, enum: ["<Rex>"], description: "</span><script>alert(2)</script>"}
    parent: {$ref: "#/Pet"}
`;

/** A gateway with an admin port, and where that is. */
async function start(t: TestContext, settings: GatewaySettings = {}) {
  const top = `admin: {port: 0}\n${settings.top ?? ""}`;
  const gateway = await startGateway(t, ROUTES, { ...settings, top, env: { SECRET: "secret" } });
  const { admin } = await gateway.log.find({ admin: /^http/ });
  return { gateway, origin: new URL(String(admin)).origin };
}

const DOCUMENTED: GatewaySettings = {
  top: "openapi: pets.yaml",
  files: { "pets.yaml": DOCUMENT, "parts.yaml": PARTS },
};

test("the document of the configuration is served in one piece, with its servers", async (t) => {
  const { origin } = await start(t, DOCUMENTED);
  const { status, headers, text } = await curl(`${origin}/openapi.json`);
  assert.deepEqual([status, headers["content-type"]], [200, "application/json"]);
  const { servers, components, paths } = JSON.parse(text);
  assert.deepEqual(servers, [{ url: "http://pets.example/v1" }]);
  const { schema } = paths["/pets/{petId}"].post.requestBody.content["application/json"];
  assert.deepEqual(schema, { $ref: "#/components/schemas/Pet" });
  assert.deepEqual(components.schemas.Pet.properties.parent, { $ref: "#/components/schemas/Pet" });
});

test("whatever stands in a document is text in the page, never markup", async (t) => {
  const { origin } = await start(t, DOCUMENTED);
  const { status, headers, text } = await curl(`${origin}/api`);
  assert.deepEqual([status, headers["content-type"]], [200, "text/html; charset=utf-8"]);
  assert.match(String(headers["content-security-policy"]), /^default-src 'self'/);
  assert.doesNotMatch(text.replace('<script src="/page/theme.js"></script>', ""), /<(script|img|b)\b/);
  assert.doesNotMatch(text, /\bstyle=|\son\w+=(?!alert)/);
  assert.match(text, /&#60;script&#62;alert\(1\)&#60;\/script&#62; &#38; pets/);
  assert.match(text, /<a class="type" href="#schema-Pet">Pet<\/a>/);
  assert.match(text, /<article id="schema-Pet">/);
});

test("each operation has a line for curl with all that it needs", async (t) => {
  const { origin } = await start(t, DOCUMENTED);
  const [line] = linesOf((await curl(`${origin}/api`)).text);
  assert.deepEqual(wordsOf(line), [
    "curl",
    "-X",
    "POST",
    "http://pets.example/v1/pets/7?dry=true",
    "-H",
    "x-trace: it's",
    "-H",
    "content-type: application/json",
    "-d",
    '{"name":"<Rex>"}',
  ]);
});

test("schemas that hold each other make an example that ends", () => {
  const names = Array.from({ length: 20 }, (_, n) => `S${n}`);
  const properties = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]));
  const schemas = Object.fromEntries(names.map((name) => [name, { type: "object", properties }]));
  const example = exampleOf({ components: { schemas } }, { schema: { $ref: "#/components/schemas/S0" } });
  assert.deepEqual(Object.keys(example as object), names);
  assert.ok(JSON.stringify(example).length < 50_000);
});

test("without a document one is made of the routes, and it is what OpenAPI says", async (t) => {
  const { gateway, origin } = await start(t);
  const { text } = await curl(`${origin}/openapi.json`);
  const { servers, paths, components } = JSON.parse(text);
  const file = join(gateway.directory, "made.json");
  writeFileSync(file, text);
  const keys = (await loadOpenApi(file)).operations().map(({ verb, path }) => `${verb} ${path}`);
  assert.deepEqual(keys, ["post /pets/{petId}", "get /files/{rest}", "put /later", "get /guarded", "delete /guarded"]);
  assert.deepEqual(servers, [{ url: gateway.url }]);
  const parameters = paths["/files/{rest}"].get.parameters.map((each: Record<string, string>) => [each.in, each.name]);
  assert.deepEqual(parameters, [
    ["path", "rest"],
    ["query", "page"],
    ["header", "x-trace"],
  ]);
  const { requestBody, responses } = paths["/pets/{petId}"].post;
  assert.deepEqual(Object.keys(requestBody.content), ["application/json"]);
  assert.deepEqual(Object.keys(responses), ["200", "default"]);
  assert.deepEqual(Object.keys(responses.default.content), ["application/problem+json"]);
  assert.deepEqual(Object.keys(paths["/later"].put.responses), ["202", "default"]);
  assert.deepEqual(Object.keys(components.securitySchemes), ["bearer", "apikey-x-api-key"]);
});

test("a line of the page, run as it stands, is answered", async (t) => {
  const { origin } = await start(t);
  const lines = linesOf((await curl(`${origin}/api`)).text);
  assert.equal(lines.length, 5);
  const { stdout, stderr } = spawnSync("sh", ["-c", lines[0] ?? ""], { encoding: "utf8" });
  assert.equal(stdout, "{}\n", stderr);
  const options = { encoding: "utf8", env: { ...process.env, TOKEN: "secret", SECRET: "secret" } } as const;
  const guarded = lines.find((line) => line.includes("TOKEN")) ?? "";
  assert.equal(JSON.parse(spawnSync("sh", ["-c", guarded], options).stdout).ok, true);
});

test("the page needs nothing from elsewhere: its style is its own", async (t) => {
  const { origin } = await start(t);
  const { text } = await curl(`${origin}/api`);
  const outside = [...text.matchAll(/(?:href|src)="([^#"][^"]*)"/g)].map(([, address]) => address);
  const own = ["/page/icon.svg", "/page/theme.css", "/api/style.css", "/page/theme.js", "/", "/openapi.json"];
  assert.deepEqual(outside, own);
  for (const path of ["/page/theme.css", "/api/style.css"]) {
    const style = await curl(`${origin}${path}`);
    assert.deepEqual([style.status, style.headers["content-type"]], [200, "text/css; charset=utf-8"]);
    assert.doesNotMatch(style.text, /url\(|@import/);
  }
});

test("a token in the address of the page goes along to the document", async (t) => {
  const { origin } = await start(t);
  const { text } = await curl(`${origin}/api?token=a%22b`);
  assert.match(text, /href="\/openapi\.json\?token=a%22b"/);
});

test("after a reload the document is the one in force", async (t) => {
  const { gateway, origin } = await start(t, DOCUMENTED);
  writeFileSync(join(gateway.directory, "pets.yaml"), DOCUMENT.replace('version: "1"', 'version: "2"'));
  gateway.signal("SIGHUP");
  await until("the new document", async () => {
    return JSON.parse((await curl(`${origin}/openapi.json`)).text).info.version === "2";
  });
});

/** The lines for curl of a page, as a reader sees them. */
function linesOf(page: string): string[] {
  return [...page.matchAll(/<pre[^>]*><code>(.*?)<\/code><\/pre>/gs)].map(([, line = ""]) =>
    line.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
  );
}

/** The words that a shell makes of a line. */
function wordsOf(line = ""): string[] {
  return spawnSync("sh", ["-c", `printf '%s\\n' ${line}`], { encoding: "utf8" })
    .stdout.trimEnd()
    .split("\n");
}

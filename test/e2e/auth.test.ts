import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { cleanUp } from "../helpers/clean-up.ts";
import { curl } from "../helpers/curl.ts";
import { ANSWER, TELL, type Told, words } from "../helpers/fixtures.ts";
import { type RunningGateway, startGateway } from "../helpers/gateway.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { Wire } from "../helpers/wire.ts";

const SECRET = "s3cret-t0ken";
const GUESS = "gue55ed";

const post = (auth: string) => `{cmd: ${words(...ANSWER)}, timeout: 20s, auth: ${auth}}`;

const PATHS = `
  /open:
    post: {cmd: ${words(...ANSWER)}, timeout: 20s}
  /bearer:
    post: ${post("{type: bearer, secretfile: token}")}
  /basic:
    post: ${post("{type: basic, user: ann, secretfile: token}")}
  /key:
    post: ${post("{type: apikey, secretenv: API_KEY}")}
  /hook:
    post: ${post("{type: hmac, secretfile: token}")}`;

function start(t: TestContext): Promise<RunningGateway> {
  return startGateway(t, PATHS, { files: { token: `${SECRET}\n` }, env: { API_KEY: `${SECRET} ~` } });
}

test("a caller that proves who it is gets its answer", async (t) => {
  const { url } = await start(t);
  const calls: [path: string, ...proof: string[]][] = [
    ["/open"],
    ["/bearer", "-H", `Authorization: Bearer ${SECRET}`],
    ["/basic", "-u", `ann:${SECRET}`],
    ["/key", "-H", `X-Api-Key: ${SECRET} ~`],
  ];
  for (const [path, ...proof] of calls) {
    const { status, text } = await curl(`${url}${path}`, "-d", path, ...proof);
    assert.deepEqual([status, text], [200, path]);
  }
  const signature = `X-Hub-Signature-256: sha256=${createHmac("sha256", SECRET).update("hi").digest("hex")}`;
  const { status, text } = await curl(`${url}/hook`, "-d", "hi", "-H", signature);
  assert.deepEqual([status, text], [200, "hi"]);
  assert.equal((await curl(`${url}/hook`, "-d", "ho", "-H", signature)).status, 401);
});

test("a caller that does not is told how, nothing is started, and no secret is said or logged", async (t) => {
  const { url, log } = await start(t);
  const challenges: [path: string, challenge: RegExp, ...proof: string[]][] = [
    ["/bearer", /^Bearer realm="urocket"$/],
    ["/bearer", /error="invalid_token"$/, "-H", `Authorization: Bearer ${GUESS}`],
    ["/basic", /^Basic realm="urocket", charset="UTF-8"$/, "-u", `ann:${GUESS}`],
    ["/basic", /^Basic /, "-u", `${GUESS}:${SECRET}`],
    ["/key", /^ApiKey realm="urocket", header="x-api-key"$/, "-H", `X-Api-Key: ${GUESS}`],
    ["/hook", /^HMAC .*algorithm="sha256"$/, "-H", `X-Hub-Signature-256: sha256=${GUESS}`],
  ];
  for (const [path, challenge, ...proof] of challenges) {
    const { status, headers, text } = await curl(`${url}${path}`, "-d", "x", ...proof);
    assert.equal(status, 401);
    assert.match(headers["www-authenticate"] ?? "", challenge);
    assert.equal(headers["content-type"], "application/problem+json");
    const problem = JSON.parse(text);
    assert.equal(problem.code, "unauthorized");
    await log.find({ request_id: problem.request_id, route: path, status: 401, how: "unauthorized" });
    assert.doesNotMatch(text, new RegExp(`${SECRET}|${GUESS}`));
  }
  assert.equal(log.lines.filter(({ msg }) => /process|stored/.test(String(msg))).length, 0);
  assert.doesNotMatch(JSON.stringify(log.lines), new RegExp(`${SECRET}|${GUESS}`));
});

test("HEAD is let in like GET, and OPTIONS without any proof", async (t) => {
  const get = `\n  /a:\n    get: ${post("{type: bearer, secretfile: token}")}`;
  const { url } = await startGateway(t, get, { files: { token: SECRET } });
  assert.equal((await curl("-I", `${url}/a`)).status, 401);
  assert.equal((await curl("-I", `${url}/a`, "-H", `Authorization: Bearer ${SECRET}`)).status, 200);
  assert.equal((await curl("-X", "OPTIONS", `${url}/a`)).status, 204);
});

test("a field that comes twice is not the secret", async (t) => {
  const { url } = await start(t);
  const { hostname: host, port } = new URL(url);
  const fields = `x-api-key: ${SECRET} ~\r\nx-api-key: ${SECRET} ~\r\n`;
  const wire = new Wire({ host, port: Number(port) });
  wire.send(Buffer.from(`POST /key HTTP/1.1\r\nhost: a\r\n${fields}content-length: 0\r\n\r\n`));
  await wire.expect("HTTP/1.1 401");
  wire.hangUp();
});

test("processes get the variables that are passed on, those of the files and their own, and never a secret of ours", async (t) => {
  const gateway = await startGateway(
    t,
    `
  /a:
    post:
      inject: {cmd: ${words(...TELL)}, timeout: 20s, env: [B=route, "C=<{{jsonpayload}}>"]}
      auth: {type: apikey, secretenv: APP_KEY}`,
    {
      top: "passenv: [LANG, 'APP_*', LACKING]\nenvfile: [one.env, two.env]",
      files: { "one.env": "A=one\nB=one\nC=one", "two.env": "A='two {{jsonpayload}} $HOME'\nREQUEST_ID=forged" },
      env: { LANG: "C", APP_KEY: SECRET, APP_MODE: "test", OTHER: "x" },
    },
  );
  const { status, headers, text } = await curl(`${gateway.url}/a`, "-d", "payload", "-H", `X-Api-Key: ${SECRET}`);
  assert.equal(status, 200, text);
  const { env } = JSON.parse(text) as Told;
  const { PATH, UROCKET_SOCKET, URIPATH, REQUEST_ID, ...rest } = env;
  assert.deepEqual(rest, {
    A: "two {{jsonpayload}} $HOME",
    B: "route",
    C: "<payload>",
    LANG: "C",
    APP_MODE: "test",
  });
  assert.equal(REQUEST_ID, headers["urocket-request-id"]);
  assert.equal(gateway.log.lines.filter(({ level }) => Number(level) >= 40).length, 0);
});

test("a CGI program sees neither the credentials of its callers nor the key", async (t) => {
  const cgi = `cmd: ${words("/bin/sh", "-c", "printf 'Content-Type: text/plain\\n\\n'; env")}, channel: cgi, timeout: 20s`;
  const { url } = await startGateway(
    t,
    `
  /key:
    get: {${cgi}, auth: {type: apikey, secretfile: token}}
  /bearer:
    get: {${cgi}, auth: {type: bearer, secretfile: token}}`,
    { files: { token: SECRET } },
  );
  for (const [path, field] of [
    ["key", `X-Api-Key: ${SECRET}`],
    ["bearer", `Authorization: Bearer ${SECRET}`],
  ] as const) {
    const { status, text } = await curl(`${url}/${path}`, "-H", field);
    assert.equal(status, 200);
    assert.match(text, /^GATEWAY_INTERFACE=/m);
    assert.doesNotMatch(text, new RegExp(SECRET));
  }
});

test("a secret file that others can read is warned about", async (t) => {
  const readable = join(temporaryDirectory(t), "token");
  writeFileSync(readable, SECRET);
  chmodSync(readable, 0o644);
  const path = `\n  /a:\n    post: ${post(`{type: hmac, secretfile: ${readable}}`)}`;
  const { log } = await startGateway(t, path);
  await log.find({
    msg: `expected the secret file to be readable by its owner and group only, got mode 0644: ${readable}`,
  });
});

test("whoever does not prove itself is refused before its body is read, but for a signature of that body", async (t) => {
  const { url } = await start(t);
  const { hostname: host, port } = new URL(url);
  const head = (path: string, fields = "", length = 1000) =>
    `POST ${path} HTTP/1.1\r\nhost: a\r\n${fields}content-length: ${length}\r\n\r\n`;
  for (const path of ["/bearer", "/basic", "/key"]) {
    const wire = new Wire({ host, port: Number(port) });
    const told = await wire.send(head(path)).end();
    assert.match(told, /^HTTP\/1\.1 401 /);
    assert.match(told, /\r\nconnection: close\r\n/i);
  }
  const wire = new Wire({ host, port: Number(port) });
  cleanUp(t, () => wire.hangUp());
  wire.send(head("/hook", "", 4));
  const proven = new Wire({ host, port: Number(port) });
  cleanUp(t, () => proven.hangUp());
  proven.send(head("/bearer", `authorization: Bearer ${SECRET}\r\n`, 4));
  // Both are still being heard by the time that another has its reply.
  assert.equal((await curl(`${url}/open`, "-d", "x")).status, 200);
  assert.deepEqual([wire.received, proven.received], ["", ""]);
  wire.send("body");
  proven.send("body");
  assert.match(await wire.expect("HTTP/1.1 401"), /"unauthorized"/);
  assert.match(await proven.expect("body"), /^HTTP\/1\.1 200 /);
});

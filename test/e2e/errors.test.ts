import assert from "node:assert/strict";
import { test } from "node:test";
import { type CurlResult, curl } from "../helpers/curl.ts";
import { SLEEP } from "../helpers/fixtures.ts";
import { startGateway } from "../helpers/gateway.ts";

const ROUTES = `
  /pets:
    post: {cmd: /bin/false}
    get: {cmd: ${SLEEP}, timeout: 50}`;

/** Checks what RFC 9457 and the house ask of every error, and returns the problem document. */
function problem({ status, headers, text }: CurlResult): Record<string, unknown> {
  assert.equal(headers["content-type"], "application/problem+json");
  const document = JSON.parse(text);
  assert.equal(document.status, status);
  assert.equal(document.type, `urn:urocket:error:${document.code}`);
  assert.equal(typeof document.title, "string");
  assert.equal(typeof document.detail, "string");
  assert.match(document.request_id, /^[0-9a-f-]{36}$/);
  assert.equal(headers["urocket-request-id"], document.request_id);
  return document;
}

test("errors are problem documents with the request id, and every response carries it in a header", async (t) => {
  const { url } = await startGateway(t, ROUTES, { top: "limits: {body: 100B}" });
  assert.equal(problem(await curl(`${url}/nowhere`)).code, "route-not-found");
  assert.equal(problem(await curl("-X", "DELETE", `${url}/pets`)).code, "method-not-allowed");
  assert.equal(problem(await curl("-d", "x".repeat(101), `${url}/pets`)).code, "body-too-large");
  assert.equal(problem(await curl("-d", "x", `${url}/pets`)).code, "process-failed");
  assert.equal(problem(await curl(`${url}/pets`)).code, "process-timeout");
});

test("405 carries Allow, and OPTIONS is answered with it", async (t) => {
  const { url } = await startGateway(t, ROUTES);
  const refused = await curl("-X", "PATCH", `${url}/pets`);
  assert.equal(refused.status, 405);
  assert.equal(refused.headers.allow, "POST, GET, HEAD, OPTIONS");
  const options = await curl("-X", "OPTIONS", `${url}/pets`);
  assert.equal(options.status, 204);
  assert.equal(options.headers.allow, "POST, GET, HEAD, OPTIONS");
  assert.match(options.headers["urocket-request-id"] ?? "", /^[0-9a-f-]{36}$/);
});

test("HEAD is answered like GET, without the body", async (t) => {
  const { url } = await startGateway(t, ROUTES);
  const { status, headers, text } = await curl("-I", `${url}/pets`);
  assert.equal(status, 504);
  assert.ok(Number(headers["content-length"]) > 100);
  assert.equal(text, "");
});

test("each request that ended is one line of the log", async (t) => {
  const { url, log } = await startGateway(t, ROUTES, { log: "info" });
  const { headers } = await curl("-d", "x", `${url}/pets`);
  const line = await log.find({ request_id: headers["urocket-request-id"], how: "process-failed" });
  assert.equal(line.msg, "POST /pets 502 process-failed");
  assert.equal(line.exit_code, 1);
  assert.ok((line.elapsed_ms as number) > 0);
});

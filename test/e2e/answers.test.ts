import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answer, curl, startCurl } from "../helpers/curl.ts";
import { ANSWER, SLEEP, words } from "../helpers/fixtures.ts";
import { startGateway } from "../helpers/gateway.ts";

/** A route whose process ends at once and leaves the answer to the test. */
const BY_HAND = "\n  /get/pets:\n    post: {cmd: '/usr/bin/echo {{jsonpayload}}'}";

test("the quick example: a wrong id releases nobody, the right one releases the caller", async (t) => {
  const { url, socket, log } = await startGateway(t, BY_HAND);
  const json = ["-H", "Content-type: application/json", "-d", '{"hello":true}'];
  const caller = startCurl(
    "-X",
    "POST",
    `${url}/get/pets`,
    "-H",
    "Content-type: application/json",
    "-d",
    '{"payload":"low"}',
  );
  const id = await log.stored("/get/pets");
  assert.equal((await answer(socket, "/urhttp/something", ...json)).status, 404);
  assert.equal(caller.child.exitCode, null);
  const posted = await answer(socket, `/urhttp/${id}`, ...json);
  assert.equal(posted.status, 200);
  assert.equal(posted.text, "ok");
  const { status, headers, text } = await caller.done;
  assert.equal(status, 200);
  assert.equal(headers["content-type"], "application/json");
  assert.equal(headers["urocket-request-id"], id);
  assert.equal(text, '{"hello":true}');
});

test("a process answers by itself, under /urhttp/{id}", async (t) => {
  const { url } = await startGateway(
    t,
    `\n  /a:\n    post: {cmd: ${words(...ANSWER, "{{jsonpayload}}", "text/plain; charset=x")}, timeout: 20s}`,
  );
  const { status, headers, text } = await curl(`${url}/a`, "-d", "a body");
  assert.equal(status, 200);
  assert.equal(headers["content-type"], "text/plain; charset=x");
  assert.equal(text, "a body");
});

test("an answer under /{id} is taken as well", async (t) => {
  const { url, socket, log } = await startGateway(t, BY_HAND);
  const caller = startCurl(`${url}/get/pets`, "-d", "x");
  const id = await log.stored("/get/pets");
  assert.equal((await answer(socket, `/${id}?query=ignored`, "-d", "y")).status, 200);
  assert.equal((await caller.done).text, "y");
});

test("body and content type reach the caller as they are: bytes, curl's default type, or no type at all", async (t) => {
  const { url, socket, log } = await startGateway(t, BY_HAND);
  const cases = [
    { args: ["-d", "a=b&c"], type: "application/x-www-form-urlencoded", body: "a=b&c" },
    { args: ["-H", "content-type:", "-d", "x"], type: undefined, body: "x" },
    { args: ["-H", "content-type: A/B;q=1", "--data-binary", "é\r\n"], type: "A/B;q=1", body: "é\r\n" },
    { args: ["-H", "content-type: a/b", "-d", ""], type: "a/b", body: "" },
  ];
  for (const [n, { args, type, body }] of cases.entries()) {
    const caller = startCurl(`${url}/get/pets`, "-d", "x");
    const id = await log.stored("/get/pets", n);
    assert.equal((await answer(socket, `/urhttp/${id}`, ...args)).status, 200);
    const { headers, text } = await caller.done;
    assert.equal(headers["content-type"], type);
    assert.equal(text, body);
  }
});

test("an answer of some megabytes arrives whole", async (t) => {
  const { url, socket, log, directory } = await startGateway(t, BY_HAND);
  const caller = startCurl(`${url}/get/pets`, "-d", "x");
  const id = await log.stored("/get/pets");
  const body = randomBytes(3_000_000);
  writeFileSync(join(directory, "body"), body);
  assert.equal((await answer(socket, `/urhttp/${id}`, "--data-binary", `@${directory}/body`)).status, 200);
  assert.ok((await caller.done).body.equals(body));
});

test("a second answer to one request is 409", async (t) => {
  const { url, socket, log } = await startGateway(t, BY_HAND);
  const caller = startCurl(`${url}/get/pets`, "-d", "x");
  const id = await log.stored("/get/pets");
  await answer(socket, `/urhttp/${id}`, "-d", "first");
  const second = await answer(socket, `/urhttp/${id}`, "-d", "second");
  assert.equal(second.status, 409);
  assert.equal(second.headers["content-type"], "application/problem+json");
  assert.equal(JSON.parse(second.text).code, "request-answered");
  assert.equal((await caller.done).text, "first");
  await log.find({ msg: "an answer was refused: request-answered", request_id: id });
});

test("an answer to a request that timed out is 410", async (t) => {
  const { url, socket } = await startGateway(t, `\n  /a:\n    post: {cmd: ${SLEEP}, timeout: 50}`);
  const { status, headers } = await curl(`${url}/a`, "-d", "1");
  assert.equal(status, 504);
  const late = await answer(socket, `/urhttp/${headers["urocket-request-id"]}`, "-d", "late");
  assert.equal(late.status, 410);
  assert.equal(JSON.parse(late.text).reason, "timed-out");
});

test("an answer over the limit is 413 to its poster and 502 to the caller", async (t) => {
  const { url, socket, log } = await startGateway(t, BY_HAND, { top: "limits: {reply: 10B}" });
  const caller = startCurl(`${url}/get/pets`, "-d", "x");
  const id = await log.stored("/get/pets");
  const posted = await answer(socket, `/urhttp/${id}`, "-d", "12345678901");
  assert.equal(posted.status, 413);
  assert.equal(JSON.parse(posted.text).code, "answer-too-large");
  const { status, text } = await caller.done;
  assert.equal(status, 502);
  assert.equal(JSON.parse(text).code, "answer-refused");
});

test("a hundred requests at once get each their own answer", async (t) => {
  const { url } = await startGateway(
    t,
    `\n  /a:\n    post: {cmd: ${words(...ANSWER, "{{jsonpayload}}")}, timeout: 60s}`,
  );
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => curl(`${url}/a`, "-d", `number ${n}`)));
  assert.deepEqual(
    answers.map(({ text }) => text),
    answers.map((_, n) => `number ${n}`),
  );
  assert.equal(new Set(answers.map(({ headers }) => headers["urocket-request-id"])).size, 100);
});

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type AnswerRefused, events } from "../../lib/core/events.ts";
import type { Outcome } from "../../lib/gateway/index.ts";
import { ReplySocket } from "../../lib/stages/index.ts";
import { cleanUp } from "../helpers/clean-up.ts";

interface Answer {
  readonly id: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** A back whose gateway knows the outcome of a few ids. */
async function openBack(t: TestContext) {
  const directory = await mkdtemp(join(tmpdir(), "urocket-"));
  const path = join(directory, "s.sock");
  const answers: Answer[] = [];
  const refused: string[] = [];
  const outcomes: Record<string, Outcome> = {
    waits: "ok",
    answered: "answered",
    late: "timed-out",
    left: "caller-left",
  };
  const back = new ReplySocket({
    answerLimit: 100,
    gateway: {
      answer: (id, { contentType, body }) => {
        answers.push({ id, contentType, body: body.toString() });
        return outcomes[id] ?? "unknown";
      },
      refuseAnswer: (id) => {
        refused.push(id);
        return outcomes[id] ?? "unknown";
      },
    },
  });
  await back.listen(path, { mode: 0o600 });
  cleanUp(t, async () => {
    await back.close();
    await rm(directory, { recursive: true });
  });
  return { back, path, answers, refused, post: (target: string, options?: PostOptions) => post(path, target, options) };
}

interface PostOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

interface Told {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

function post(socketPath: string, path: string, { method = "POST", headers = {}, body = "" }: PostOptions = {}) {
  return new Promise<Told>((resolve, reject) => {
    const sent = request({ socketPath, path, method, headers, agent: false }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode, headers: response.headers, text });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

test("an answer under /urhttp/{id} goes to the gateway as it is, and the poster is told ok", async (t) => {
  const { post, answers } = await openBack(t);
  const told = await post("/urhttp/waits", { headers: { "content-type": "application/json; x=1" }, body: '{"a":1}' });
  assert.equal(told.status, 200);
  assert.equal(told.text, "ok");
  assert.deepEqual(answers, [{ id: "waits", contentType: "application/json; x=1", body: '{"a":1}' }]);
});

test("an answer under /{id} is the same, and a query is not part of the id", async (t) => {
  const { post, answers } = await openBack(t);
  assert.equal((await post("/waits?x=1", { body: "x" })).status, 200);
  assert.equal((await post("/urhttp/waits?x=1", { body: "x" })).status, 200);
  assert.deepEqual(
    answers.map(({ id }) => id),
    ["waits", "waits"],
  );
});

test("an answer without a content type or a body has none", async (t) => {
  const { post, answers } = await openBack(t);
  await post("/waits");
  await post("/waits", { headers: { "content-type": "" } });
  const bare = { id: "waits", contentType: undefined, body: "" };
  assert.deepEqual(answers, [bare, bare]);
});

test("an unknown id is a 404 problem", async (t) => {
  const { post } = await openBack(t);
  for (const target of ["/urhttp/something", "/urhttp/", "/", "/urhttp/a/waits", "/other/waits"]) {
    const told = await post(target, { body: "x" });
    assert.equal(told.status, 404, target);
    assert.equal(told.headers["content-type"], "application/problem+json");
    assert.equal(JSON.parse(told.text).code, "request-unknown");
  }
});

test("an id that was answered is a 409 problem", async (t) => {
  const { post } = await openBack(t);
  const told = await post("/answered", { body: "x" });
  assert.equal(told.status, 409);
  assert.equal(JSON.parse(told.text).request_id, "answered");
});

test("an id whose request ended otherwise is a 410 problem with the reason", async (t) => {
  const { post } = await openBack(t);
  for (const [id, reason] of [
    ["late", "timed-out"],
    ["left", "caller-left"],
  ]) {
    const told = await post(`/urhttp/${id}`, { body: "x" });
    assert.equal(told.status, 410);
    assert.equal(JSON.parse(told.text).reason, reason);
  }
});

test("another verb than POST is a 405 problem with Allow", async (t) => {
  const { post, answers } = await openBack(t);
  for (const method of ["GET", "PUT", "DELETE", "OPTIONS"]) {
    const told = await post("/urhttp/waits", { method });
    assert.equal(told.status, 405, method);
    assert.equal(told.headers.allow, "POST");
  }
  assert.deepEqual(answers, []);
});

test("an answer over the limit is a 413 problem, and its message is failed", async (t) => {
  const { post, answers, refused } = await openBack(t);
  const told = await post("/urhttp/waits", { body: "x".repeat(101) });
  assert.equal(told.status, 413);
  assert.equal(JSON.parse(told.text).code, "answer-too-large");
  assert.deepEqual(refused, ["waits"]);
  assert.deepEqual(answers, []);
  assert.equal((await post("/urhttp/waits", { body: "x".repeat(100) })).status, 200);
});

test("an answer over the limit under an id that does not wait is told so", async (t) => {
  const { post } = await openBack(t);
  assert.equal((await post("/something", { body: "x".repeat(101) })).status, 404);
  assert.equal((await post("/answered", { body: "x".repeat(101) })).status, 409);
});

test("an answer that was refused is published, one that was taken is not", async (t) => {
  const seen: AnswerRefused[] = [];
  const listener = (event: unknown) => seen.push(event as AnswerRefused);
  events.refused.subscribe(listener);
  cleanUp(t, () => events.refused.unsubscribe(listener));
  const { post } = await openBack(t);
  await post("/waits");
  await post("/late");
  assert.deepEqual(seen, [{ requestId: "late", code: "request-ended" }]);
});

test("the socket file is there while the back listens and gone when it is closed, which can be done twice", async (t) => {
  const { back, path } = await openBack(t);
  assert.equal(statSync(path).isSocket(), true);
  await back.close();
  assert.equal(statSync(path, { throwIfNoEntry: false }), undefined);
  await back.close();
});

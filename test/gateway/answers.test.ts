import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../lib/core/reply.ts";
import { setUp } from "./set-up.ts";

const JSON_BODY = Buffer.from('{"hello":true}');

test("a message runs the process of its route and waits", () => {
  const { gateway, starter, send } = setUp();
  const { caller } = send({ body: Buffer.from("x y") });
  assert.deepEqual(starter.last.spec.argv, ["/bin/true", "x y"]);
  assert.equal(gateway.size, 1);
  assert.deepEqual(caller.replies, []);
});

test("a posted answer reaches the caller as it is", () => {
  const { gateway, send } = setUp();
  const { id, caller } = send();
  assert.equal(gateway.answer(id, verbatim(200, "application/json", JSON_BODY)), "ok");
  assert.deepEqual(caller.reply, { status: 200, contentType: "application/json", headers: [], body: JSON_BODY });
  assert.equal(gateway.size, 0);
});

test("an answer without a content type is passed on without one", () => {
  const { gateway, send } = setUp();
  const { id, caller } = send();
  gateway.answer(id, verbatim(200, undefined, Buffer.alloc(0)));
  assert.equal(caller.reply.contentType, undefined);
});

test("each answer reaches its own caller, in whatever order they come", () => {
  const { gateway, send } = setUp();
  const all = Array.from({ length: 100 }, () => send());
  for (const { id } of all.toReversed()) gateway.answer(id, verbatim(200, "text/plain", Buffer.from(id)));
  for (const { id, caller } of all) assert.equal(caller.reply.body.toString(), id);
});

test("an answer under an unknown id releases nobody", () => {
  const { gateway, send } = setUp();
  const { caller } = send();
  assert.equal(gateway.answer("something", verbatim(200, "text/plain", JSON_BODY)), "unknown");
  assert.deepEqual(caller.replies, []);
});

test("the second answer to one message is told that it is late, and changes nothing", () => {
  const { gateway, send } = setUp();
  const { id, caller } = send();
  gateway.answer(id, verbatim(200, "text/plain", Buffer.from("first")));
  assert.equal(gateway.answer(id, verbatim(200, "text/plain", Buffer.from("second"))), "answered");
  assert.equal(caller.reply.body.toString(), "first");
});

test("the process of an answered message goes on until its own end", () => {
  const { gateway, starter, send } = setUp();
  const { id, caller } = send();
  gateway.answer(id, verbatim(200, "text/plain", JSON_BODY));
  assert.deepEqual(starter.last.kills, []);
  starter.last.exit({ code: 3 });
  assert.equal(caller.reply.status, 200);
});

test("the deadline of an answered message's process is no news to its caller", () => {
  const { gateway, starter, send } = setUp();
  const { id, caller } = send();
  gateway.answer(id, verbatim(200, "text/plain", JSON_BODY));
  starter.last.deadline();
  starter.last.exit({ how: "timeout", code: null, signal: "SIGTERM" });
  assert.equal(caller.reply.status, 200);
  assert.equal(gateway.answer(id, verbatim(200, "text/plain", JSON_BODY)), "answered");
});

test("an answer that can't be used fails its message with 502", () => {
  const { gateway, send } = setUp();
  const { id, caller } = send();
  const failure = { code: "answer-refused", detail: "expected at most 10 bytes, got more" } as const;
  assert.equal(gateway.refuseAnswer(id, failure), "ok");
  assert.equal(caller.problem.status, 502);
  assert.equal(caller.problem.code, "answer-refused");
  assert.equal(gateway.refuseAnswer(id, failure), "failed");
  assert.equal(gateway.refuseAnswer("something", failure), "unknown");
});

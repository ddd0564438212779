import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../lib/core/reply.ts";
import { socketReply } from "../../lib/replies/index.ts";
import { until } from "../helpers/until.ts";
import { setUp } from "./set-up.ts";

const BODY = Buffer.from("x");

test("the deadline of the process is 504 at once, and a late poster is told", () => {
  const { gateway, starter, send } = setUp();
  const { id, caller } = send();
  starter.last.deadline();
  assert.equal(caller.problem.status, 504);
  assert.equal(caller.problem.code, "process-timeout");
  assert.equal(caller.problem.timeout_ms, 1000);
  assert.equal(gateway.answer(id, verbatim(200, undefined, BODY)), "timed-out");
  starter.last.exit({ how: "timeout", code: null, signal: "SIGKILL" });
  assert.equal(caller.replies.length, 1);
});

test("a process that ends with 0 without answering leaves the caller waiting for somebody else's answer", () => {
  const { gateway, starter, send } = setUp();
  const { id, caller } = send();
  starter.last.exit({ code: 0 });
  assert.deepEqual(caller.replies, []);
  assert.equal(gateway.answer(id, verbatim(200, undefined, BODY)), "ok");
  assert.equal(caller.reply.status, 200);
});

test("with onExit error a process that ends with 0 without answering is 502 at once", () => {
  const { gateway, starter, send } = setUp({ reply: socketReply("error") });
  const { id, caller } = send();
  starter.last.exit({ code: 0 });
  assert.equal(caller.problem.status, 502);
  assert.equal(caller.problem.code, "process-unanswered");
  assert.equal(gateway.answer(id, verbatim(200, undefined, BODY)), "failed");
});

test("who waits longer than the reply timeout gets 504, and what was left of the group is ended", async () => {
  const { gateway, starter, send } = setUp({ replyTimeout: 20 });
  const { id, caller } = send();
  starter.last.exit({ code: 0 });
  await until("the reply timeout", () => caller.replies.length > 0);
  assert.equal(caller.problem.status, 504);
  assert.equal(caller.problem.code, "reply-timeout");
  assert.equal(caller.problem.timeout_ms, 20);
  assert.equal(gateway.answer(id, verbatim(200, undefined, BODY)), "timed-out");
  assert.deepEqual(starter.last.kills, ["reply timeout"]);
  await gateway.close();
});

test("the reply timeout counts from the arrival of the message", async () => {
  const { gateway, starter, send } = setUp({ replyTimeout: 60_000 });
  const { caller } = send({ receivedAt: performance.now() - 60_000 });
  starter.last.exit({ code: 0 });
  await until("the reply timeout", () => caller.replies.length > 0);
  assert.equal(caller.problem.code, "reply-timeout");
  await gateway.close();
});

test("the reply timeout does not bound a process that runs: its own timeout does", async () => {
  const { gateway, starter, send } = setUp({ replyTimeout: 1 });
  const running = send();
  const other = send();
  starter.last.exit({ code: 0 });
  await until("the reply timeout of the other", () => other.caller.replies.length > 0);
  assert.deepEqual(running.caller.replies, []);
  starter.started[0]?.exit();
  await until("its own", () => running.caller.replies.length > 0);
  await gateway.close();
});

test("a caller that hangs up ends its process", () => {
  const { gateway, starter, send } = setUp();
  const { id, caller } = send();
  gateway.abandon(id);
  assert.deepEqual(starter.last.kills, ["caller left"]);
  assert.equal(gateway.size, 0);
  assert.equal(gateway.answer(id, verbatim(200, undefined, BODY)), "caller-left");
  starter.last.exit({ how: "killed", code: null, signal: "SIGTERM", reason: "caller left" });
  assert.deepEqual(caller.replies, []);
});

test("with onAbort continue the process of a caller that hung up runs on", () => {
  const { gateway, starter, send } = setUp({ onAbort: "continue" });
  const { id, caller } = send();
  gateway.abandon(id);
  assert.deepEqual(starter.last.kills, []);
  assert.equal(gateway.answer(id, verbatim(200, undefined, BODY)), "caller-left");
  starter.last.exit({ code: 1 });
  assert.deepEqual(caller.replies, []);
});

test("a caller that hangs up after its reply changes nothing", () => {
  const { gateway, starter, send } = setUp();
  const { id } = send();
  gateway.answer(id, verbatim(200, undefined, BODY));
  gateway.abandon(id);
  gateway.abandon("something");
  assert.deepEqual(starter.last.kills, []);
});

test("a caller that hangs up while it waits for somebody else's answer is forgotten", async () => {
  const { gateway, starter, send } = setUp({ replyTimeout: 5 });
  const { id, caller } = send();
  starter.last.exit({ code: 0 });
  gateway.abandon(id);
  const other = send();
  starter.last.exit({ code: 0 });
  await until("the reply timeout of another", () => other.caller.replies.length > 0);
  assert.deepEqual(caller.replies, []);
  await gateway.close();
});

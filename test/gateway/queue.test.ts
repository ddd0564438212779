import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../lib/core/reply.ts";
import { until } from "../helpers/until.ts";
import { setUpBounded } from "./set-up.ts";

const ONE = { processes: 1, queue: 1, queueTimeout: 60_000 };

test("a message that finds no slot waits, and runs when one comes free", () => {
  const { gateway, starter, send } = setUpBounded(ONE);
  send();
  const second = send();
  assert.deepEqual([gateway.running, gateway.queued, starter.started.length], [1, 1, 1]);
  starter.last.exit({ code: 1 });
  assert.equal(starter.started.length, 2);
  gateway.answer(second.id, verbatim(200, undefined, Buffer.from("late")));
  assert.equal(second.caller.reply.status, 200);
});

test("the slot is held until the process ends, not until it answers", () => {
  const { gateway, starter, send } = setUpBounded(ONE);
  const first = send();
  send();
  gateway.answer(first.id, verbatim(200, undefined, Buffer.from("early")));
  assert.equal(starter.started.length, 1);
  starter.last.exit();
  assert.equal(starter.started.length, 2);
});

test("a full line is 503 with Retry-After, and it recovers", () => {
  const { starter, send } = setUpBounded(ONE);
  send();
  send();
  const { caller } = send();
  assert.equal(caller.reply.status, 503);
  assert.equal(caller.problem.code, "queue-full");
  assert.deepEqual(caller.reply.headers, [["retry-after", "1"]]);
  starter.last.exit();
  assert.equal(send().caller.replies.length, 0);
});

test("who waits too long is told so and never runs", async () => {
  const { gateway, starter, send } = setUpBounded({ ...ONE, queueTimeout: 1 });
  send();
  const { caller, id } = send();
  await until("the waiting message to be told", () => caller.replies.length === 1);
  assert.equal(caller.problem.code, "queue-timeout");
  assert.equal(gateway.answer(id, verbatim(200, undefined, Buffer.from(""))), "failed");
  starter.last.exit();
  assert.deepEqual([starter.started.length, gateway.running, gateway.queued], [1, 0, 0]);
});

test("a caller that leaves while it waits leaves the line", () => {
  const { gateway, starter, send } = setUpBounded(ONE);
  send();
  gateway.abandon(send().id);
  assert.equal(gateway.queued, 0);
  starter.last.exit();
  assert.equal(starter.started.length, 1);
});

test("a start that fails gives its slot back", () => {
  const { gateway, starter, send } = setUpBounded(ONE);
  starter.failure = new Error("no");
  send();
  starter.failure = undefined;
  assert.equal(gateway.running, 0);
  send();
  starter.last.exit({ how: "spawn-error", code: null, step: "clone3", errno: "EAGAIN" });
  assert.equal(gateway.running, 0);
});

test("a route has its own bound, which others don't wait for", () => {
  const limits = { processes: 10, queue: 10, queueTimeout: 60_000 };
  const { gateway, starter, send } = setUpBounded(limits, { path: "/one", concurrency: 1 }, { path: "/many" });
  send({ path: "/one" });
  send({ path: "/one" });
  send({ path: "/many" });
  assert.deepEqual([starter.started.length, gateway.queued], [2, 1]);
});

test("at the end of a shutdown those who wait get 503 and never run", async () => {
  const { gateway, starter, send } = setUpBounded(ONE);
  send();
  const { caller } = send();
  const closed = gateway.close();
  await until("the waiting message to be told", () => caller.replies.length === 1);
  assert.equal(caller.problem.code, "shutting-down");
  starter.last.exit();
  await closed;
  assert.equal(starter.started.length, 1);
});

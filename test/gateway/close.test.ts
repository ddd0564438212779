import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../lib/core/reply.ts";
import { until } from "../helpers/until.ts";
import { setUp } from "./set-up.ts";

const BODY = Buffer.from("x");

/** Whether a promise is settled by now. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol();
  return (await Promise.race([promise, new Promise((resolve) => setImmediate(resolve, open))])) !== open;
}

test("an idle gateway closes at once, and close can be called twice", async () => {
  const { gateway } = setUp();
  await gateway.close({ grace: 60_000 });
  await gateway.close();
});

test("a gateway that closes refuses new messages with 503", async () => {
  const { gateway, starter, send } = setUp();
  await gateway.close();
  const { caller } = send();
  assert.equal(caller.problem.status, 503);
  assert.equal(caller.problem.code, "shutting-down");
  assert.equal(starter.started.length, 0);
});

test("what runs may answer within the grace, and close waits for its process to end", async () => {
  const { gateway, starter, send } = setUp();
  const { id, caller } = send();
  const closed = gateway.close({ grace: 60_000 });
  assert.equal(gateway.answer(id, verbatim(200, undefined, BODY)), "ok");
  assert.equal(caller.reply.status, 200);
  assert.equal(await settled(closed), false);
  starter.last.exit();
  await closed;
  assert.deepEqual(starter.last.kills, []);
});

test("when the grace is over the rest gets 503 and its processes are killed, and close waits for their exit records", async () => {
  const { gateway, starter, send } = setUp();
  const answered = send();
  const waiting = send();
  gateway.answer(answered.id, verbatim(200, undefined, BODY));
  const closed = gateway.close({ grace: 5 });
  await until("the grace is over", () => waiting.caller.replies.length > 0);
  assert.equal(waiting.caller.problem.status, 503);
  assert.equal(answered.caller.reply.status, 200);
  assert.deepEqual(
    starter.started.map(({ kills }) => kills),
    [["shutting down"], ["shutting down"]],
  );
  assert.equal(gateway.answer(waiting.id, verbatim(200, undefined, BODY)), "shut-down");
  assert.equal(await settled(closed), false);
  for (const process of starter.started) process.exit({ how: "killed", code: null, signal: "SIGTERM" });
  await closed;
});

test("who waits for somebody else's answer keeps waiting within the grace, then gets 503", async () => {
  const { gateway, starter, send } = setUp();
  const { caller } = send();
  starter.last.exit({ code: 0 });
  await gateway.close({ grace: 5 });
  assert.equal(caller.problem.code, "shutting-down");
});

test("without a grace the rest is ended at once", async () => {
  const { gateway, starter, send } = setUp();
  const { caller } = send();
  const closed = gateway.close();
  await until("the end", () => starter.last.kills.length > 0);
  starter.last.exit({ how: "killed", code: null, signal: "SIGTERM" });
  await closed;
  assert.equal(caller.problem.code, "shutting-down");
});

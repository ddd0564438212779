import assert from "node:assert/strict";
import { test } from "node:test";
import { events, type MessageEnded } from "../../lib/core/events.ts";
import { verbatim } from "../../lib/core/reply.ts";
import { stdoutReply } from "../../lib/replies/index.ts";
import { output } from "../helpers/fake-starter.ts";
import { until } from "../helpers/until.ts";
import { setUp, setUpBounded } from "./set-up.ts";

const ANSWER = verbatim(200, "text/plain", Buffer.from("x"));
const STATS = { stats: true };

function header(reply: { headers: readonly (readonly [string, string])[] }, name: string): string | undefined {
  return reply.headers.find(([one]) => one === name)?.[1];
}

test("an answer waits for the figures of its process, and is answered for those who come later", () => {
  const { gateway, starter, send } = setUp(STATS);
  const { id, caller } = send();
  assert.equal(gateway.answer(id, ANSWER), "ok");
  assert.deepEqual(caller.replies, []);
  assert.equal(gateway.answer(id, ANSWER), "answered");
  starter.last.exit({ code: 3, run: 12.3456, spawn: 1, stdout: output("abc"), startedAt: 1000 });
  const stats = JSON.parse(header(caller.reply, "urocket-stats") ?? "");
  assert.deepEqual(stats.exit, { how: "exit", code: 3, signal: null });
  assert.deepEqual([stats.wall, stats.stdout, stats.stderr], [13.346, 3, 0]);
  assert.equal(stats.started_at, "1970-01-01T00:00:01.000Z");
  assert.match(header(caller.reply, "server-timing") ?? "", /^queue;dur=[\d.]+, spawn;dur=1, run;dur=12.346$/);
  assert.equal(caller.reply.body.toString(), "x");
});

test("an answer whose process goes on is sent after 250 ms with running true, and the end of the process is no news", async () => {
  const { gateway, starter, send } = setUp(STATS);
  const { id, caller } = send();
  const before = performance.now();
  gateway.answer(id, ANSWER);
  await until("the reply", () => caller.replies.length > 0);
  assert.ok(performance.now() - before >= 250);
  const stats = JSON.parse(header(caller.reply, "urocket-stats") ?? "");
  assert.equal(stats.running, true);
  assert.ok(stats.wall >= 250);
  starter.last.exit();
  assert.equal(caller.replies.length, 1);
  await gateway.close();
});

test("a caller that leaves while its answer waits gets nothing, and its process goes on", async () => {
  const seen: MessageEnded[] = [];
  const listener = (event: unknown) => seen.push(event as MessageEnded);
  events.ended.subscribe(listener);
  const { gateway, starter, send } = setUp(STATS);
  const { id, caller } = send();
  gateway.answer(id, ANSWER);
  gateway.abandon(id);
  gateway.abandon(id);
  starter.last.exit();
  events.ended.unsubscribe(listener);
  assert.deepEqual([caller.replies, starter.last.kills], [[], []]);
  assert.deepEqual(
    seen.map(({ how, status }) => [how, status]),
    [["caller-left", 0]],
  );
  await gateway.close();
});

test("the shutdown gives an answer that waits to its caller", async () => {
  const { gateway, starter, send } = setUp(STATS);
  const { id, caller } = send();
  gateway.answer(id, ANSWER);
  const closed = gateway.close();
  await until("the reply", () => caller.replies.length > 0);
  assert.equal(caller.reply.status, 200);
  starter.last.exit({ how: "killed", code: null, signal: "SIGTERM" });
  await closed;
});

test("a failure does not wait for figures", () => {
  const { starter, send } = setUp(STATS);
  const { caller } = send();
  starter.last.deadline();
  assert.equal(caller.problem.code, "process-timeout");
  assert.equal(JSON.parse(header(caller.reply, "urocket-stats") ?? "").running, true);
  starter.last.exit({ how: "timeout", code: null, signal: "SIGTERM" });
});

test("a message for which no process was started has no figures", () => {
  const { starter, send } = setUpBounded({ processes: 1, queue: 0, queueTimeout: 1000 }, STATS);
  send();
  const { caller } = send();
  assert.equal(caller.problem.code, "queue-full");
  assert.equal(header(caller.reply, "urocket-stats"), undefined);
  starter.last.exit({ code: 1 });
});

test("the figures come beside the headers that the process gave", () => {
  const { starter, send } = setUp({ ...STATS, reply: stdoutReply() });
  const { caller } = send();
  starter.last.exit({ stdout: output("hello") });
  assert.deepEqual(
    caller.reply.headers.map(([name]) => name),
    ["urocket-stats", "server-timing"],
  );
});

test("the time in line is part of the timing", async () => {
  const { gateway, starter, send } = setUpBounded(
    { processes: 1, queue: 9, queueTimeout: 60_000 },
    { ...STATS, reply: stdoutReply() },
  );
  send();
  const { caller } = send();
  const since = performance.now();
  await until("some time", () => performance.now() - since > 20);
  starter.started[0]?.exit();
  starter.started[1]?.exit({ queued: 1000 });
  const [, queue] = /^queue;dur=([\d.]+)/.exec(header(caller.reply, "server-timing") ?? "") ?? [];
  assert.ok(Number(queue) >= 1020, queue);
  await gateway.close();
});

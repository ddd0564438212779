import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { events, type MessageEnded, type MessageStored } from "../../lib/core/events.ts";
import { openStatus } from "../../lib/observe/index.ts";
import type { StatusSources } from "../../lib/observe/status/sources.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { exitRecord } from "../helpers/fake-starter.ts";

const LOADS = [
  { route: "/pets", verb: "post", running: 1, waiting: 2 },
  { route: "/idle", verb: "get", running: 0, waiting: 0 },
];

/** A status of a gateway at rest, which is closed after the test. */
function open(t: TestContext, processes: Partial<StatusSources["processes"]> = {}) {
  const status = openStatus({
    version: "1.2.3",
    gateway: { draining: false, saturated: false, running: 1, queued: 2, size: 3, figures: () => LOADS },
    processes: { list: () => [], snapshot: () => undefined, ...processes },
  });
  cleanUp(t, () => status.close());
  return status;
}

function onRoute(requestId: string) {
  return { requestId, route: "/pets", verb: "post", logLevel: undefined };
}

function store(requestId: string): MessageStored {
  const stored = { ...onRoute(requestId), path: "/pets", headers: {}, receivedAt: performance.now() };
  events.stored.publish(stored);
  return stored;
}

function admit(requestId: string, queue: number): void {
  events.admitted.publish({ ...onRoute(requestId), queue, carrier: { traceparent: "", tracestate: "" } });
}

function end(stored: MessageStored, how: Partial<MessageEnded> = {}): void {
  const answer = { status: 200, how: "answered", answer: "posted", later: false, record: undefined } as const;
  const ended = { ...stored, ...answer, elapsed: 20, queue: 3, reply: 1, bytesIn: 7, bytesOut: 11, ...how };
  events.ended.publish(ended);
  events.over.publish({ ended, record: undefined });
}

test("replies count by second and by route, with percentiles of their times", (t) => {
  t.mock.method(performance, "now", () => 60_500);
  const status = open(t);
  for (let n = 1; n <= 100; n++) end(store(String(n)), { elapsed: n });
  end(store("x"), { status: 502, how: "process-failed", answer: undefined, elapsed: 1000 });
  t.mock.method(performance, "now", () => 61_500);
  const { seconds, routes, requests, failures } = status.snapshot();
  assert.deepEqual([requests, failures, seconds.length], [101, 1, 60]);
  const { at, p50, p90, p99, ...counts } = seconds.at(-1) ?? assert.fail("expected a second");
  assert.equal(at, performance.timeOrigin + 60_000);
  assert.deepEqual(counts, { requests: 101, failures: 1 });
  for (const [value, exact] of [
    [p50, 51],
    [p90, 91],
    [p99, 100],
  ] as const) {
    assert.ok(Math.abs((value ?? 0) / exact - 1) < 0.06, `expected about ${exact}, got ${value}`);
  }
  assert.deepEqual(seconds.at(-2)?.p50, null);
  const [pets, idle] = routes;
  assert.deepEqual([pets?.requests, pets?.failures, pets?.running, pets?.waiting], [101, 1, 1, 2]);
  assert.equal(Math.round(pets?.rate ?? 0), Math.round(101 / 51.5));
  assert.deepEqual([idle?.requests, idle?.rate, idle?.p50, idle?.maxrss], [0, 0, null, null]);
});

test("a second that is over is forgotten after a minute", (t) => {
  let now = 10_000;
  t.mock.method(performance, "now", () => now);
  const status = open(t);
  end(store("1"));
  now = 70_999;
  assert.equal(status.snapshot().seconds[0]?.requests, 1);
  // The place of the second is asked for again, as that of a later one.
  now = 72_000;
  assert.equal(
    status.snapshot().seconds.some(({ requests }) => requests > 0),
    false,
  );
});

test("a caller that comes back later counts once, when it was told so", (t) => {
  const status = open(t);
  const stored = store("1");
  events.accepted.publish({ ...onRoute("1"), status: 202, elapsed: 1, bytesIn: 7, bytesOut: 80 });
  end(stored, { later: true, status: 502, how: "process-failed", answer: undefined });
  const { requests, failures, lastFailures } = status.snapshot();
  assert.deepEqual([requests, failures, lastFailures.length], [1, 1, 1]);
});

test("a message is followed from the line to its end, process and all", (t) => {
  let now = 1000;
  t.mock.method(performance, "now", () => now);
  const list = [{ requestId: "1", pid: 77, startedAt: Number(process.hrtime.bigint()) / 1e6 }];
  const running = { state: "running", utime: 30, stime: 20, rss: 4096, maxrss: 8192 };
  let live = false;
  const status = open(t, { list: () => (live ? list : []), snapshot: () => running });
  const stored = store("1");
  events.queued.publish(onRoute("1"));
  now = 1010;
  assert.deepEqual(status.snapshot().line, [{ requestId: "1", route: "/pets", verb: "post", waited: 10 }]);
  assert.deepEqual(status.timeline("1")?.spans, [{ name: "queue", from: 0, to: 10 }]);
  admit("1", 10);
  assert.equal(status.timeline("1")?.phase, "starting");
  live = true;
  now = 1050;
  const [process_] = status.snapshot().processes;
  assert.deepEqual(
    { ...process_, age: 0 },
    {
      requestId: "1",
      route: "/pets",
      verb: "post",
      pid: 77,
      age: 0,
      cpu: 50,
      rss: 4096,
      state: "running",
    },
  );
  assert.deepEqual([status.timeline("1")?.phase, status.timeline("1")?.pid], ["running", 77]);
  assert.equal(status.snapshot().routes[0]?.maxrss, 8192);
  live = false;
  const record = exitRecord({ how: "exit", code: 3, queued: 1, spawn: 2, run: 40 });
  events.exited.publish({ ...onRoute("1"), record, logOutput: false });
  assert.equal(status.timeline("1")?.phase, "handed-on");
  end(stored, { elapsed: 55, reply: 2 });
  const over = status.timeline("1");
  assert.deepEqual([over?.phase, over?.status, over?.process, over?.elapsed], ["over", 200, "exit code 3", 55]);
  assert.deepEqual(over?.spans, [
    { name: "queue", from: 0, to: 10 },
    { name: "spawn", from: 10, to: 13 },
    { name: "run", from: 13, to: 53 },
    { name: "reply", from: 53, to: 55 },
  ]);
  assert.equal(status.snapshot().line.length, 0);
});

test("a failure has the end of its standard error, its control characters as escapes", (t) => {
  const status = open(t);
  const stored = store("1");
  admit("1", 0);
  const data = Buffer.from(`${"x".repeat(5000)}\n\u001b[31mred\r\nlast\n`);
  const stderr = { data, bytes: data.length, truncated: false };
  events.exited.publish({ ...onRoute("1"), record: exitRecord({ how: "exit", code: 1, stderr }), logOutput: false });
  end(stored, { status: 0, how: "caller-left" });
  const [failure] = status.snapshot().lastFailures;
  assert.deepEqual([failure?.status, failure?.how, failure?.process], [0, "caller-left", "exit code 1"]);
  assert.match(failure?.stderr ?? "", /^x+\n\\x1b\[31mred\nlast$/);
  assert.ok((failure?.stderr?.length ?? 0) < 2010);
});

test("the last thousand are remembered, and fifty failures for longer", (t) => {
  const status = open(t);
  end(store("failed"), { status: 500, how: "internal-error" });
  for (let n = 0; n < 1000; n++) end(store(`a${n}`));
  assert.equal(status.timeline("a0")?.phase, "over");
  assert.equal(status.timeline("failed")?.status, 500);
  end(store("b"));
  assert.equal(status.timeline("a0"), undefined);
  assert.deepEqual(
    status
      .snapshot()
      .lastRequests.slice(0, 2)
      .map(({ requestId }) => requestId),
    ["b", "a999"],
  );
  for (let n = 0; n < 50; n++) end(store(`f${n}`), { status: 500, how: "internal-error" });
  assert.equal(status.timeline("failed"), undefined);
  assert.equal(status.snapshot().lastFailures.length, 50);
  assert.equal(status.timeline("never"), undefined);
});

test("a closed status hears nothing more", (t) => {
  const status = open(t);
  status.close();
  status.close();
  end(store("1"));
  assert.equal(status.snapshot().requests, 0);
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { type TestContext, test } from "node:test";
import { events, type MessageEnded } from "../../lib/core/events.ts";
import { type MetricsOptions, openMetrics } from "../../lib/observe/index.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { exitRecord } from "../helpers/fake-starter.ts";
import { samplesOf } from "../helpers/samples.ts";

const ROUTE = { requestId: "1", route: "/pets", verb: "post", logLevel: undefined };
const TIMES = { receivedAt: 1000, elapsed: 20, queue: 3, reply: 0 };
const ANSWER = { status: 200, how: "answered", answer: "posted", later: false, bytesIn: 7, bytesOut: 11 } as const;
const ENDED: MessageEnded = { ...ROUTE, ...TIMES, ...ANSWER, path: "/pets", record: undefined };

/** Metrics that are closed after the test, and how to read them. */
function open(t: TestContext, options: Partial<MetricsOptions> = {}) {
  const metrics = openMetrics({ routes: () => [], callers: () => 0, droppedLines: () => 0, ...options });
  cleanUp(t, () => metrics.close());
  return { metrics, read: async () => samplesOf(await metrics.text()) };
}

test("a request counts under its route, method and status, and its time and bytes with it", async (t) => {
  const { read } = open(t);
  events.ended.publish(ENDED);
  events.ended.publish({ ...ENDED, status: 502, how: "process-failed", answer: undefined });
  const samples = await read();
  assert.equal(samples.get('http_requests_total{route="/pets",method="POST",status="200"}'), 1);
  assert.equal(samples.get('http_requests_total{route="/pets",method="POST",status="502"}'), 1);
  for (const status of [200, 502]) {
    const labels = `{route="/pets",method="POST",status="${status}"}`;
    assert.equal(samples.get(`http_request_duration_seconds_count${labels}`), 1);
    assert.equal(samples.get(`http_request_duration_seconds_sum${labels}`), 0.02);
  }
  assert.equal(samples.get('urocket_queue_wait_seconds_sum{route="/pets"}'), 0.006);
  assert.equal(samples.get('http_request_body_bytes_total{route="/pets"}'), 14);
  assert.equal(samples.get('http_response_body_bytes_total{route="/pets"}'), 22);
  assert.equal(samples.get('urocket_answers_total{route="/pets",kind="posted"}'), 1);
  assert.equal(samples.get('urocket_answers_total{route="/pets",kind="process-failed"}'), 1);
});

test("what callers make up is one label, and a caller that left is 499", async (t) => {
  const { read } = open(t);
  for (let n = 0; n < 100; n++) {
    const invented = { route: undefined, verb: `verb${n}`, path: `/${n}`, status: 404, how: "route-not-found" };
    events.ended.publish({ ...ENDED, ...invented, answer: undefined, queue: undefined });
  }
  events.ended.publish({ ...ENDED, status: 0, how: "caller-left", answer: undefined });
  const samples = await read();
  const requests = [...samples].filter(([name]) => name.startsWith("http_requests_total"));
  assert.deepEqual(requests, [
    ['http_requests_total{route="unmatched",method="OTHER",status="404"}', 100],
    ['http_requests_total{route="/pets",method="POST",status="499"}', 1],
  ]);
});

test("a caller that comes back later counts when it was told so, and the result as an answer only", async (t) => {
  const { read } = open(t);
  events.accepted.publish({ ...ROUTE, status: 202, elapsed: 1, bytesIn: 7, bytesOut: 80 });
  events.ended.publish({ ...ENDED, later: true });
  const samples = await read();
  const requests = [...samples].filter(([name]) => name.startsWith("http_requests_total"));
  assert.deepEqual(requests, [['http_requests_total{route="/pets",method="POST",status="202"}', 1]]);
  assert.equal(samples.get('urocket_answers_total{route="/pets",kind="posted"}'), 1);
});

test("processes count by how they started and ended", async (t) => {
  const { read } = open(t);
  const exited = (facts: Parameters<typeof exitRecord>[0]) =>
    events.exited.publish({ ...ROUTE, record: exitRecord(facts), logOutput: false });
  const { usage } = exitRecord();
  exited({ usage: { ...usage, utime: 1500, stime: 250, maxrss: 5000 }, spawn: 1, run: 2000 });
  exited({ how: "timeout", code: null, signal: "SIGTERM", usage: { ...usage, maxrss: 9_000_000, maxrssExact: false } });
  exited({ how: "killed", code: null, signal: "SIGTERM", reason: "caller left" });
  exited({ how: "spawn-error", pid: 0, code: null, step: "execve", errno: "ENOENT" });
  const samples = await read();
  const of = (name: string, more = "") => samples.get(`urocket_process_${name}{route="/pets"${more}}`);
  assert.equal(of("spawns_total"), 3);
  assert.equal(of("spawn_failures_total", ',errno="ENOENT"'), 1);
  assert.equal(of("exits_total", ',how="exit"'), 1);
  assert.equal(of("timeouts_total"), 1);
  assert.equal(of("kills_total", ',reason="caller left"'), 1);
  assert.equal(of("cpu_seconds_total", ',mode="user"')?.toFixed(6), "1.502000");
  assert.equal(of("cpu_seconds_total", ',mode="system"')?.toFixed(6), "0.252000");
  assert.equal(of("max_rss_bytes"), 5000);
  assert.equal(of("run_seconds_count"), 3);
});

test("what runs and waits is asked for with each scrape, and a route that went is gone", async (t) => {
  let routes = [
    { route: "/a", verb: "get", running: 1, waiting: 2 },
    { route: "/a", verb: "post", running: 3, waiting: 4 },
  ];
  let dropped = 5;
  const { read } = open(t, { routes: () => routes, callers: () => 9, droppedLines: () => dropped });
  const before = await read();
  assert.equal(before.get('urocket_processes_running{route="/a"}'), 4);
  assert.equal(before.get('urocket_queue_length{route="/a"}'), 6);
  assert.equal(before.get("http_requests_in_flight"), 9);
  assert.equal(before.get("urocket_log_lines_dropped_total"), 5);
  routes = [];
  dropped = 6;
  const after = await read();
  assert.equal(after.get('urocket_processes_running{route="/a"}'), undefined);
  assert.equal(after.get("urocket_log_lines_dropped_total"), 6);
});

test("the process itself has its figures, the delay of its event loop among them", async (t) => {
  const samples = await open(t).read();
  for (const name of [
    "process_cpu_seconds_total",
    "process_resident_memory_bytes",
    "nodejs_eventloop_lag_p99_seconds",
  ]) {
    assert.equal(typeof samples.get(name), "number", name);
  }
});

test("promtool has nothing to say against the metrics", async (t) => {
  const { metrics } = open(t, { routes: () => [{ route: '/"\\\n', verb: "get", running: 0, waiting: 0 }] });
  events.ended.publish(ENDED);
  events.exited.publish({ ...ROUTE, record: exitRecord(), logOutput: false });
  const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], {
    input: await metrics.text(),
    encoding: "utf8",
  });
  assert.deepEqual([status, stdout, stderr], [0, "", ""]);
});

test("closed metrics listen to nothing, and closing twice is closing once", async (t) => {
  const { metrics } = open(t);
  metrics.close();
  metrics.close();
  for (const event of Object.values(events)) assert.equal(event.hasSubscribers, false, event.name as string);
});

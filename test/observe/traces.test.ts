import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  AlwaysOffSampler,
  BasicTracerProvider,
  InMemorySpanExporter,
  ParentBasedSampler,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { events } from "../../lib/core/events.ts";
import { verbatim } from "../../lib/core/reply.ts";
import { openTraces } from "../../lib/observe/index.ts";
import { setUp, setUpBounded } from "../gateway/set-up.ts";
import { cleanUp } from "../helpers/clean-up.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = `00-${TRACE}-b7ad6b7169203331-01`;

/** Traces to an exporter in memory, gone after the test. */
function open(t: TestContext, options: ConstructorParameters<typeof BasicTracerProvider>[0] = {}) {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ ...options, spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  const traces = openTraces();
  assert.ok(traces !== undefined);
  cleanUp(t, async () => {
    await traces.close();
    trace.disable();
  });
  return {
    traces,
    spans: () => new Map(exporter.getFinishedSpans().map((span) => [span.name, span])),
  };
}

function milliseconds([seconds, nanoseconds]: ReadableSpan["startTime"]): number {
  return seconds * 1000 + nanoseconds / 1e6;
}

test("without an SDK nothing is listened to", () => {
  assert.equal(openTraces(), undefined);
  for (const event of Object.values(events)) assert.equal(event.hasSubscribers, false);
});

test("a request is a span below its caller's, with its line, its process and its reply below it", (t) => {
  const { spans } = open(t);
  const { gateway, starter, send } = setUp();
  const { id } = send({ headers: { traceparent: PARENT, tracestate: "a=1" } });
  gateway.answer(id, verbatim(201, undefined, Buffer.alloc(0)));
  starter.last.exit({ pid: 42, queued: 1, spawn: 2, run: 30 });
  const found = spans();
  assert.deepEqual([...found.keys()].sort(), ["POST /pets", "queue", "reply", "run", "spawn"]);
  const request = found.get("POST /pets") as ReadableSpan;
  assert.equal(request.spanContext().traceId, TRACE);
  assert.equal(request.parentSpanContext?.spanId, "b7ad6b7169203331");
  assert.equal(request.kind, SpanKind.SERVER);
  assert.deepEqual(request.attributes, {
    "http.request.method": "POST",
    "http.route": "/pets",
    "url.path": "/pets",
    "urocket.request_id": id,
    "http.response.status_code": 201,
  });
  for (const name of ["queue", "spawn", "run", "reply"]) {
    assert.equal(found.get(name)?.parentSpanContext?.spanId, request.spanContext().spanId, name);
  }
  const [spawn, run] = [found.get("spawn"), found.get("run")] as [ReadableSpan, ReadableSpan];
  assert.equal(Math.round(milliseconds(spawn.duration)), 2);
  assert.equal(Math.round(milliseconds(run.duration)), 30);
  assert.equal(run.attributes["process.pid"], 42);
  const queue = found.get("queue") as ReadableSpan;
  assert.equal(Math.round(milliseconds(spawn.startTime) - milliseconds(queue.endTime)), 1);
  assert.ok(Math.abs(milliseconds(request.startTime) - Date.now()) < 60_000);
});

test("the process gets the span of its request, whether its caller sent a trace or not", (t) => {
  const { spans } = open(t);
  const { gateway, starter, send } = setUp();
  for (const headers of [{ traceparent: PARENT, tracestate: "a=1" }, {}]) {
    const { id } = send({ headers });
    gateway.answer(id, verbatim(200, undefined, Buffer.alloc(0)));
    const { traceId, spanId } = (spans().get("POST /pets") as ReadableSpan).spanContext();
    const env = starter.last.spec.env as readonly string[];
    assert.ok(env.includes(`TRACEPARENT=00-${traceId}-${spanId}-01`), String(env));
    assert.equal(env.includes("TRACESTATE=a=1"), "traceparent" in headers);
    starter.last.exit();
  }
});

test("what fails is marked with its code", (t) => {
  const { spans } = open(t);
  const { starter, send } = setUp();
  send();
  starter.last.exit({ how: "spawn-error", pid: 0, code: null, step: "execve", errno: "ENOENT" });
  const request = spans().get("POST /pets");
  assert.equal(request?.status.code, SpanStatusCode.ERROR);
  assert.equal(request?.attributes["error.type"], "spawn-failed");
  assert.equal(spans().get("spawn")?.attributes["error.type"], "ENOENT from execve");
  assert.equal(spans().has("run"), false);
});

test("a message that never ran is a span too", (t) => {
  const { spans } = open(t);
  const { send } = setUpBounded({ processes: 0, queue: 0, queueTimeout: 1 });
  send();
  assert.equal(spans().get("POST /pets")?.attributes["error.type"], "queue-full");
});

test("a trace that is not sampled is carried on as such, and exports nothing", (t) => {
  const { spans } = open(t, { sampler: new ParentBasedSampler({ root: new AlwaysOffSampler() }) });
  const { gateway, starter, send } = setUp();
  const { id } = send();
  const env = starter.last.spec.env as readonly string[];
  assert.match(env.join(), /TRACEPARENT=00-[0-9a-f]{32}-[0-9a-f]{16}-00/);
  gateway.answer(id, verbatim(200, undefined, Buffer.alloc(0)));
  starter.last.exit();
  assert.equal(spans().size, 0);
});

test("closed traces listen to nothing, and closing twice is closing once", async (t) => {
  const { traces } = open(t);
  await traces.close();
  await traces.close();
  for (const event of Object.values(events)) assert.equal(event.hasSubscribers, false);
});

import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { events, type MessageEnded, type MessageOver } from "../../lib/core/events.ts";
import { verbatim } from "../../lib/core/reply.ts";
import { reportReply } from "../../lib/replies/index.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { setUp, setUpBounded } from "./set-up.ts";

const seen: { name: string; event: Record<string, unknown> }[] = [];
const listeners = (["stored", "queued", "admitted", "accepted", "ended", "exited", "over"] as const).map((name) => {
  const listener = (event: unknown) => seen.push({ name, event: event as Record<string, unknown> });
  events[name].subscribe(listener);
  return () => events[name].unsubscribe(listener);
});
after(() => {
  for (const stop of listeners) stop();
});
beforeEach(() => {
  seen.length = 0;
});

test("the way of an answered message is published, up to the end of its process", () => {
  const { gateway, starter, send } = setUp({ logStdout: true, logLevel: "debug" });
  const { id } = send({ body: Buffer.from("1234567") });
  gateway.answer(id, verbatim(200, "text/plain", Buffer.from("x")));
  assert.deepEqual(names(), ["stored", "admitted", "ended"]);
  starter.last.exit({ pid: 42 });
  assert.deepEqual(names(), ["stored", "admitted", "ended", "exited", "over"]);
  const [stored, admitted, ended, exited, over] = seen.map(({ event }) => event);
  const onRoute = { requestId: id, route: "/pets", verb: "post", logLevel: "debug" };
  assert.deepEqual(without(stored, "receivedAt"), { ...onRoute, path: "/pets", headers: {} });
  const carrier = { traceparent: "", tracestate: "" };
  assert.deepEqual(without(admitted, "queue"), { ...onRoute, carrier });
  assert.deepEqual(without(ended, "receivedAt", "elapsed", "queue", "reply"), {
    ...onRoute,
    path: "/pets",
    status: 200,
    how: "answered",
    answer: "posted",
    later: false,
    bytesIn: 7,
    bytesOut: 1,
    record: undefined,
  });
  const { elapsed, queue, reply } = ended as unknown as MessageEnded;
  assert.ok(elapsed >= (queue ?? Number.NaN) && (queue ?? -1) >= 0 && reply >= 0 && reply <= elapsed);
  assert.equal(exited?.logOutput, true);
  assert.equal((exited?.record as { pid: number } | undefined)?.pid, 42);
  assert.equal(over?.ended, ended);
  assert.equal(over?.record, exited?.record);
});

test("a message that has to wait says so, and how long it waited", () => {
  const { starter, send } = setUpBounded({ processes: 1, queue: 1, queueTimeout: 60_000 });
  send();
  send();
  send();
  assert.deepEqual(names(), ["stored", "admitted", "stored", "queued", "stored", "ended", "over"]);
  assert.equal(seen.at(-1)?.name, "over");
  starter.last.exit();
  assert.equal(seen.filter(({ name }) => name === "admitted").length, 2);
});

test("a process that runs is told of where somebody listens, and asked for only then", () => {
  const { starter, send } = setUp();
  send();
  assert.equal("onStarted" in starter.last.observer && starter.last.observer.onStarted !== undefined, false);
  const told: unknown[] = [];
  const hear = (event: unknown) => void told.push(event);
  events.started.subscribe(hear);
  const { id } = send();
  starter.last.observer.onStarted?.(42);
  events.started.unsubscribe(hear);
  assert.deepEqual(told, [{ requestId: id, route: "/pets", verb: "post", logLevel: undefined, pid: 42 }]);
});

test("a caller that is told to come back has its reply then, and the result is published as one of later", () => {
  const { starter, send } = setUp({ accepted: true, reply: reportReply() });
  const { caller } = send();
  const accepted = seen.find(({ name }) => name === "accepted")?.event;
  assert.equal(accepted?.status, 202);
  assert.equal(accepted?.bytesOut, Buffer.byteLength(caller.reply.body));
  starter.last.exit();
  const ended = seen.find(({ name }) => name === "ended")?.event;
  assert.deepEqual([ended?.status, ended?.answer, ended?.later], [200, "process", true]);
});

test("what is not accepted is published as ended at once", () => {
  const { send } = setUpBounded({ processes: 0, queue: 0, queueTimeout: 1 }, { accepted: true });
  send();
  assert.deepEqual(names(), ["stored", "ended", "over"]);
  assert.equal(seen[1]?.event.later, false);
});

test("each message is over once, however it ends", () => {
  const { gateway, starter, send } = setUp({ stats: true });
  const ids = Array.from({ length: 4 }, () => send().id);
  gateway.answer(String(ids[0]), verbatim(200, undefined, Buffer.alloc(0)));
  gateway.abandon(String(ids[1]));
  for (const process of starter.started) process.exit();
  for (const id of ids) gateway.answer(id, verbatim(200, undefined, Buffer.alloc(0)));
  starter.failure = new Error("no more");
  ids.push(send().id);
  const over = seen.filter(({ name }) => name === "over").map(({ event }) => (event as unknown as MessageOver).ended);
  assert.deepEqual(over.map(({ requestId }) => requestId).sort(), ids.sort());
});

test("a message that its process ended carries the exit record", () => {
  const { starter, send } = setUp();
  send();
  starter.last.exit({ pid: 42, code: 7 });
  const ended = seen.find(({ name }) => name === "ended")?.event;
  assert.equal(ended?.how, "process-failed");
  assert.equal(ended?.status, 502);
  assert.equal((ended?.record as { code: number } | undefined)?.code, 7);
});

test("a message without a route is published as ended, not as stored", () => {
  const { send } = setUp();
  send({ path: "/nowhere" });
  assert.deepEqual(
    seen.map(({ name, event }) => [name, event.how, event.status, event.route]),
    [
      ["ended", "route-not-found", 404, undefined],
      ["over", undefined, undefined, undefined],
    ],
  );
});

test("a check that throws ends its message like any other, and is counted", (t) => {
  const faults: unknown[] = [];
  const hear = (event: unknown) => void faults.push(event);
  events.fault.subscribe(hear);
  cleanUp(t, () => events.fault.unsubscribe(hear));
  const { send } = setUp({
    authorize: () => {
      throw new Error("somebody else's");
    },
  });
  assert.equal(send().caller.problem.code, "internal-error");
  assert.deepEqual(names(), ["ended", "over"]);
  assert.equal(faults.length, 1);
});

test("bytes are those of the bodies: of HEAD there are none to be sent", () => {
  const { starter, send } = setUp({ verb: "get", reply: reportReply() });
  send({ verb: "head" });
  starter.last.exit();
  assert.equal(seen.find(({ name }) => name === "ended")?.event.bytesOut, 0);
});

test("a caller that left is published with status 0", () => {
  const { gateway, send } = setUp();
  gateway.abandon(send().id);
  const ended = seen.find(({ name }) => name === "ended")?.event;
  assert.equal(ended?.how, "caller-left");
  assert.equal(ended?.status, 0);
});

function names(): string[] {
  return seen.map(({ name }) => name);
}

/** The other fields: what is a time differs from run to run. */
function without(event: Record<string, unknown> | undefined, ...fields: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(event ?? {}).filter(([name]) => !fields.includes(name)));
}

import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { events } from "../../lib/core/events.ts";
import { verbatim } from "../../lib/core/reply.ts";
import { setUp } from "./set-up.ts";

const seen: { name: string; event: Record<string, unknown> }[] = [];
const listeners = (["stored", "ended", "exited"] as const).map((name) => {
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

test("the way of an answered message is published: stored, ended, exited", () => {
  const { gateway, starter, send } = setUp({ logStdout: true });
  const { id } = send();
  gateway.answer(id, verbatim(200, "text/plain", Buffer.from("x")));
  starter.last.exit({ pid: 42 });
  assert.deepEqual(
    seen.map(({ name }) => name),
    ["stored", "ended", "exited"],
  );
  const [stored, ended, exited] = seen.map(({ event }) => event);
  assert.deepEqual(stored, { requestId: id, route: "/pets", verb: "post" });
  assert.ok((ended?.elapsed as number) >= 0);
  const { elapsed: _, ...rest } = ended ?? {};
  const facts = { requestId: id, route: "/pets", verb: "post", path: "/pets", status: 200, how: "answered" };
  assert.deepEqual(rest, { ...facts, record: undefined });
  assert.equal(exited?.logOutput, true);
  assert.equal((exited?.record as { pid: number } | undefined)?.pid, 42);
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
    [["ended", "route-not-found", 404, undefined]],
  );
});

test("a caller that left is published with status 0", () => {
  const { gateway, send } = setUp();
  gateway.abandon(send().id);
  const ended = seen.find(({ name }) => name === "ended")?.event;
  assert.equal(ended?.how, "caller-left");
  assert.equal(ended?.status, 0);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { events, type MessageAdmitted } from "../../lib/core/events.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { setUp } from "./set-up.ts";

const PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/** The environment of a process that a message with these headers starts. */
function environment(headers: Record<string, string>, env: readonly string[] = ["A=1"]) {
  const { starter, send } = setUp({ channel: () => ({ argv: ["/bin/true"], env }) });
  send({ headers });
  return starter.last.spec.env;
}

test("a process gets the trace context of its request, unchanged", () => {
  assert.deepEqual(environment({}), ["A=1"]);
  assert.deepEqual(environment({ traceparent: PARENT }), ["A=1", `TRACEPARENT=${PARENT}`]);
  assert.deepEqual(environment({ traceparent: PARENT, tracestate: "a=1,b=2" }), [
    "A=1",
    `TRACEPARENT=${PARENT}`,
    "TRACESTATE=a=1,b=2",
  ]);
});

test("a context that is malformed is none, and no state goes without one", () => {
  for (const traceparent of [
    "",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
    "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "00-00000000000000000000000000000000-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
    "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
    `${PARENT}, ${PARENT}`,
    `${PARENT}-more`,
  ]) {
    assert.deepEqual(environment({ traceparent, tracestate: "a=1" }), ["A=1"], traceparent);
  }
});

test("what the configuration sets itself stays", () => {
  assert.deepEqual(environment({ traceparent: PARENT }, ["TRACEPARENT=mine"]), ["TRACEPARENT=mine"]);
});

test("whoever listens may put another context in its place", (t) => {
  const other = PARENT.replace("b7ad", "ffff");
  const hear = (event: unknown) => {
    (event as MessageAdmitted).carrier.traceparent = other;
  };
  events.admitted.subscribe(hear);
  cleanUp(t, () => events.admitted.unsubscribe(hear));
  assert.deepEqual(environment({}), ["A=1", `TRACEPARENT=${other}`]);
  assert.deepEqual(environment({ traceparent: PARENT }), ["A=1", `TRACEPARENT=${other}`]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { events, type ProcessExited } from "../../lib/core/events.ts";
import type { Route } from "../../lib/gateway/index.ts";
import { setUp } from "./set-up.ts";

/** Whether the output of a process goes to the log. */
function logged(logStdout: Route["logStdout"], headers: Record<string, string>): boolean | undefined {
  const seen: ProcessExited[] = [];
  const listener = (event: unknown) => seen.push(event as ProcessExited);
  events.exited.subscribe(listener);
  const { starter, send } = setUp({ logStdout });
  send({ headers });
  starter.last.exit({ code: 1 });
  events.exited.unsubscribe(listener);
  return seen[0]?.logOutput;
}

test("a caller may ask for the output in the log where the route allows it", () => {
  const ask = { "urocket-log-stdout": "true" };
  assert.deepEqual([logged("on-request", ask), logged("on-request", {})], [true, false]);
  assert.equal(logged("on-request", { "urocket-log-stdout": "false" }), false);
  assert.deepEqual([logged(false, ask), logged(true, {})], [false, true]);
});

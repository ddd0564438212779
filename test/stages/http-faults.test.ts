import assert from "node:assert/strict";
import { test } from "node:test";
import { events, type Fault } from "../../lib/core/events.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { openFront } from "./set-up.ts";

test("a fault of our own is internal-error for its caller and nobody else, and is reported under the request id", async (t) => {
  const fault = new Error("a secret of ours");
  const { url } = await openFront(t, ({ message, caller }) => {
    if (message.path === "/bad") throw fault;
    caller.respond({ status: 204, contentType: undefined, headers: [], body: "" });
  });
  const faults: Fault[] = [];
  const onFault = (event: unknown) => faults.push(event as Fault);
  events.fault.subscribe(onFault);
  cleanUp(t, () => events.fault.unsubscribe(onFault));
  for (const body of [undefined, "a body"]) {
    const [bad, good] = await Promise.all(
      ["/bad", "/good"].map((path) => fetch(`${url}${path}`, { method: "POST", body: body ?? null })),
    );
    assert.deepEqual([bad?.status, good?.status], [500, 204]);
    const problem = (await bad?.json()) as Record<string, unknown>;
    assert.equal(problem.code, "internal-error");
    assert.doesNotMatch(JSON.stringify(problem), /secret/);
    assert.deepEqual(faults.at(-1), { requestId: problem.request_id, error: fault });
  }
});

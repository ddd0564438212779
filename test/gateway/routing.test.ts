import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../lib/core/reply.ts";
import { setUp } from "./set-up.ts";

test("a path without a route is a 404 problem that names the request", () => {
  const { gateway, starter, send } = setUp();
  const { id, caller } = send({ path: "/nowhere" });
  assert.deepEqual(caller.problem, {
    type: "urn:urocket:error:route-not-found",
    title: "No route for this path",
    status: 404,
    code: "route-not-found",
    detail: "expected a path of the configuration, got /nowhere",
    request_id: id,
  });
  assert.equal(caller.reply.status, 404);
  assert.equal(starter.started.length, 0);
  assert.equal(gateway.size, 0);
});

test("a verb without a route is a 405 problem with Allow", () => {
  const { send } = setUp({ verb: "get" }, { verb: "put" });
  const { caller } = send({ verb: "delete" });
  assert.equal(caller.problem.status, 405);
  assert.deepEqual(caller.reply.headers, [["allow", "GET, PUT, HEAD, OPTIONS"]]);
});

test("OPTIONS is answered with 204 and Allow, without a process", () => {
  const { starter, send } = setUp();
  const { caller } = send({ verb: "options" });
  assert.equal(caller.reply.status, 204);
  assert.deepEqual(caller.reply.headers, [["allow", "POST, OPTIONS"]]);
  assert.equal(starter.started.length, 0);
});

test("an id that was refused has nothing to answer", () => {
  const { gateway, send } = setUp();
  const { id } = send({ path: "/nowhere" });
  assert.equal(gateway.answer(id, verbatim(200, undefined, Buffer.alloc(0))), "unknown");
});

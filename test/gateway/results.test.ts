import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Message } from "../../lib/core/message.ts";
import { verbatim } from "../../lib/core/reply.ts";
import { type ResultLimits, Results } from "../../lib/gateway/results.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { type FakeCaller, message } from "../helpers/message.ts";
import { route } from "../helpers/route.ts";
import { until } from "../helpers/until.ts";
import { setUp, setUpBounded } from "./set-up.ts";

const ACCEPTED = { accepted: true };
const body = (text: string) => verbatim(200, undefined, Buffer.from(text));

function location(caller: FakeCaller): string {
  return caller.reply.headers.find(([name]) => name === "location")?.[1] ?? "no location";
}

/** Results with other bounds, that begin and end as told. */
function keep(t: TestContext, limits: Partial<ResultLimits>) {
  const results = new Results({ most: 100, bytes: 1000, keep: 60_000, ...limits });
  cleanUp(t, () => results.close());
  return { results, status: (id: string) => results.fetch(id, "asking").status };
}

test("the caller is told at once where to fetch, then that it runs, then the result", async () => {
  const { gateway, starter, send } = setUp(ACCEPTED);
  const { id, caller } = send();
  assert.equal(caller.reply.status, 202);
  assert.equal(location(caller), `/urocket/results/${id}`);
  const fetch = () => send({ path: location(caller), verb: "get" }).caller.reply;
  const running = fetch();
  assert.equal(running.status, 202);
  assert.deepEqual(JSON.parse(running.body.toString()), {
    state: "running",
    request_id: id,
    location: location(caller),
  });
  assert.deepEqual(running.headers.at(-1), ["retry-after", "1"]);
  assert.equal(gateway.answer(id, body("done")), "ok");
  for (const reply of [fetch(), fetch()]) assert.deepEqual([reply.status, reply.body.toString()], [200, "done"]);
  assert.equal(caller.replies.length, 1);
  starter.last.exit();
  await gateway.close();
});

test("an unknown result is a 404 problem, also before anything was accepted, and another verb is 405", () => {
  const { send } = setUp(ACCEPTED);
  for (const id of ["", "x", "a/b"]) {
    const { problem } = send({ path: `/urocket/results/${id}`, verb: "get" }).caller;
    assert.deepEqual([problem.status, problem.code], [404, "result-unknown"]);
  }
  const { caller } = send({ path: "/urocket/results/x", verb: "post" });
  assert.deepEqual(caller.reply.headers, [["allow", "GET, HEAD, OPTIONS"]]);
  assert.equal(caller.problem.code, "method-not-allowed");
  const { reply } = send({ path: "/urocket/results/x", verb: "options" }).caller;
  assert.deepEqual([reply.status, reply.headers], [204, [["allow", "GET, HEAD, OPTIONS"]]]);
});

test("where no route accepts for later the path is like any other", () => {
  const { caller } = setUp().send({ path: "/urocket/results/x", verb: "get" });
  assert.equal(caller.problem.code, "route-not-found");
});

test("what fails before it is accepted is told at once, and has no result", () => {
  const { gateway, send } = setUpBounded({ processes: 0, queue: 0, queueTimeout: 1000 }, ACCEPTED);
  const { id, caller } = send();
  assert.equal(caller.problem.code, "queue-full");
  assert.equal(send({ path: `/urocket/results/${id}`, verb: "get" }).caller.problem.code, "result-unknown");
  assert.equal(gateway.size, 0);
});

test("what fails later is the result", () => {
  const { starter, send } = setUp(ACCEPTED);
  const { caller } = send();
  starter.last.deadline();
  const result = send({ path: location(caller), verb: "get" }).caller;
  assert.deepEqual([result.reply.status, result.problem.code], [504, "process-timeout"]);
  starter.last.exit({ how: "timeout", code: null, signal: "SIGTERM" });
});

test("a message that waits in line keeps its body, though its call lets go of it with the reply", async () => {
  const { starter, gateway, send } = setUpBounded({ processes: 1, queue: 1, queueTimeout: 60_000 }, ACCEPTED);
  send();
  const sent: Message & { body: Buffer } = { ...message(), body: Buffer.from("mine") };
  gateway.handle(sent, {
    respond: () => {
      sent.body = Buffer.alloc(0);
    },
  });
  starter.last.exit();
  assert.deepEqual(starter.last.spec.argv, ["/bin/true", "mine"]);
  starter.last.exit();
  await gateway.close();
});

test("a caller that is gone after it was told to come back ends nothing", () => {
  const { gateway, starter, send } = setUp(ACCEPTED);
  const { id } = send();
  gateway.abandon(id);
  assert.deepEqual([starter.last.kills, gateway.size], [[], 1]);
  assert.equal(gateway.answer(id, body("done")), "ok");
});

test("results outlive a reload that takes their route away", () => {
  const { gateway, send } = setUp(ACCEPTED);
  const { id, caller } = send();
  gateway.use([route({ path: "/other" })]);
  gateway.answer(id, body("done"));
  assert.equal(send({ path: location(caller), verb: "get" }).caller.reply.body.toString(), "done");
});

test("beyond their number the oldest results go first, and what runs is never forgotten", (t) => {
  const { results, status } = keep(t, { most: 2 });
  const [slow, ...quick] = ["slow", "1", "2", "3"].map((id) => ({ id, caller: results.open(id) }));
  for (const { caller } of quick) caller.respond(body("x"));
  assert.deepEqual(["slow", "1", "2", "3"].map(status), [202, 404, 200, 200]);
  slow?.caller.respond(body("x"));
  assert.deepEqual(["slow", "1", "2", "3"].map(status), [200, 404, 404, 200]);
});

test("beyond their bytes the oldest results go first, but the newest stays", (t) => {
  const { results, status } = keep(t, { bytes: 100 });
  const add = (id: string, bytes: number) => results.open(id).respond(body("x".repeat(bytes)));
  add("1", 60);
  add("2", 40);
  assert.deepEqual(["1", "2"].map(status), [200, 200]);
  add("3", 1);
  assert.deepEqual(["1", "2", "3"].map(status), [404, 200, 200]);
  add("huge", 1000);
  assert.deepEqual(["2", "3", "huge"].map(status), [404, 404, 200]);
});

test("results are forgotten after their time, without anybody else coming", async (t) => {
  const { results, status } = keep(t, { keep: 50 });
  results.open("1").respond(body("x"));
  results.open("2").respond(body("x"));
  assert.deepEqual(["1", "2"].map(status), [200, 200]);
  await until("both to be forgotten", () => status("1") === 404 && status("2") === 404);
});

test("a result is kept in memory of its own", (t) => {
  const { results } = keep(t, {});
  const block = Buffer.alloc(100_000, "x");
  results.open("1").respond(verbatim(200, undefined, block.subarray(0, 3)));
  block.fill("y");
  const kept = results.fetch("1", "asking").body as Buffer;
  assert.deepEqual([kept.toString(), kept.buffer.byteLength], ["xxx", 3]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../helpers/until.ts";
import { parseResponse, Wire } from "../helpers/wire.ts";
import { openFront } from "./set-up.ts";

const HEAD = "POST /x HTTP/1.1\r\nhost: a\r\n";

async function refused(wire: Wire): Promise<Record<string, unknown>> {
  const { status, headers, body } = parseResponse(Buffer.from(await wire.end(), "latin1"));
  assert.equal(status, 413);
  assert.equal(headers["content-type"], "application/problem+json");
  assert.equal(headers.connection, "close");
  const problem = JSON.parse(body.toString());
  assert.equal(problem.code, "body-too-large");
  assert.equal(problem.request_id, headers["urocket-request-id"]);
  return problem;
}

test("a body of exactly the limit is taken", async (t) => {
  const { url, taken } = await openFront(t);
  assert.equal((await fetch(url, { method: "POST", body: "x".repeat(1000) })).status, 200);
  assert.equal(taken[0]?.body.length, 1000);
});

test("a body announced as larger than the limit is refused before it is sent, and the connection closed", async (t) => {
  const { address, taken } = await openFront(t);
  const problem = await refused(new Wire(address).send(`${HEAD}content-length: 1001\r\n\r\n`));
  assert.equal(problem.limit, 1000);
  assert.equal(taken.length, 0);
});

test("a body in chunks is refused as soon as it is over the limit", async (t) => {
  const { address, taken } = await openFront(t);
  const wire = new Wire(address).send(`${HEAD}transfer-encoding: chunked\r\n\r\n`);
  await refused(wire.send(`1f4\r\n${"x".repeat(500)}\r\n`).send(`1f5\r\n${"x".repeat(501)}\r\n`));
  assert.equal(taken.length, 0);
});

test("a large body that is refused reaches nobody and harms nobody, however much of it comes", async (t) => {
  const { address, url } = await openFront(t);
  for (let round = 0; round < 20; round++) {
    const wire = new Wire(address).send(`${HEAD}content-length: 4000000\r\n\r\n`);
    for (let chunk = 0; chunk < 40; chunk++) wire.send(Buffer.alloc(100_000));
    await wire.expect("413");
    wire.hangUp();
  }
  assert.equal((await fetch(url)).status, 200);
});

test("a caller that leaves before its body is complete is not a message", async (t) => {
  const { address, taken, abandoned, url } = await openFront(t);
  const wire = new Wire(address).send(`${HEAD}content-length: 10\r\n\r\nabc`);
  await until("the bytes to leave", () => wire.socket.bytesWritten > 0 && wire.socket.writableLength === 0);
  wire.hangUp();
  await fetch(url);
  assert.equal(taken.length, 1);
  assert.deepEqual(abandoned, []);
});

test("a caller that leaves before its reply is reported, and a reply that comes then goes nowhere", async (t) => {
  const { address, taken, abandoned, url } = await openFront(t, ({ message, caller }) => {
    if (message.path === "/other") caller.respond({ status: 200, contentType: undefined, headers: [], body: "" });
  });
  const wire = new Wire(address).send(`${HEAD}content-length: 3\r\n\r\nabc`);
  await until("the message", () => taken.length === 1);
  wire.hangUp();
  await until("the report", () => abandoned.length === 1);
  assert.equal(abandoned[0], taken[0]?.message.id);
  taken[0]?.caller.respond({ status: 200, contentType: undefined, headers: [], body: "late" });
  assert.equal((await fetch(`${url}/other`)).status, 200);
});

test("a request that waits long keeps its connection", async (t) => {
  // The server library closes idle connections after some seconds; one that waits for its reply is not idle.
  const { address, taken } = await openFront(t, () => {});
  const wire = new Wire(address).send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  await until("the message", () => taken.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  taken[0]?.caller.respond({ status: 200, contentType: undefined, headers: [], body: "late" });
  await wire.expect("late");
  wire.hangUp();
});

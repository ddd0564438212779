import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../helpers/until.ts";
import { Wire } from "../helpers/wire.ts";
import { openFront } from "./set-up.ts";

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("a request becomes a message with its path, verb, query, headers and body", async (t) => {
  const { url, taken } = await openFront(t);
  await fetch(`${url}/get/p%20ets?a=1&b=%20`, { method: "POST", headers: { "X-Thing": "y" }, body: "payload" });
  const [one] = taken;
  assert.equal(one?.message.path, "/get/p%20ets");
  assert.equal(one?.message.verb, "post");
  assert.equal(one?.message.query, "a=1&b=%20");
  assert.equal(one?.message.headers["x-thing"], "y");
  assert.equal(one?.body.toString(), "payload");
  assert.match(one?.message.id ?? "", UUID_V4);
});

test("a request without a body or a query has empty ones", async (t) => {
  const { url, taken } = await openFront(t);
  await fetch(`${url}/get`);
  assert.equal(taken[0]?.message.query, "");
  assert.equal(taken[0]?.body.length, 0);
});

test("a verb that nobody knows reaches the gateway as it is, in lower case", async (t) => {
  const { address, taken } = await openFront(t);
  const wire = new Wire(address).send("PROPFIND /x HTTP/1.1\r\nhost: a\r\n\r\n");
  await wire.expect("hello");
  wire.hangUp();
  assert.equal(taken[0]?.message.verb, "propfind");
});

test("header fields of one name are joined, and no name is special", async (t) => {
  const { address, taken } = await openFront(t);
  const fields = "a: 1\r\nA: 2\r\ncookie: x=1\r\ncookie: y=2\r\nconstructor: c\r\n";
  const wire = new Wire(address).send(`GET /x HTTP/1.1\r\nhost: a\r\n${fields}\r\n`);
  await wire.expect("hello");
  wire.hangUp();
  const headers = taken[0]?.message.headers;
  assert.deepEqual({ ...headers }, { host: "a", a: "1, 2", cookie: "x=1; y=2", constructor: "c" });
  assert.equal(headers?.toString, undefined);
});

test("a body of bytes arrives as it was sent", async (t) => {
  const { url, taken } = await openFront(t);
  const body = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  await fetch(url, { method: "POST", body });
  assert.deepEqual(taken[0]?.body, body);
});

for (const encoding of ["chunked", "Chunked"]) {
  test(`a body in chunks is put together (${encoding})`, async (t) => {
    const { address, taken } = await openFront(t);
    const wire = new Wire(address).send(`POST /x HTTP/1.1\r\nhost: a\r\ntransfer-encoding: ${encoding}\r\n\r\n`);
    wire.send("3\r\nabc\r\n").send("4\r\ndefg\r\n").send("0\r\n\r\n");
    await wire.expect("hello");
    wire.hangUp();
    assert.equal(taken[0]?.body.toString(), "abcdefg");
  });
}

test("a body that comes in pieces is put together before the message is handed on", async (t) => {
  const { address, taken } = await openFront(t);
  const wire = new Wire(address).send("POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 6\r\n\r\nab");
  await new Promise((resolve) => wire.socket.write("cd", resolve));
  assert.equal(taken.length, 0);
  wire.send("ef");
  await wire.expect("hello");
  wire.hangUp();
  assert.equal(taken[0]?.body.toString(), "abcdef");
});

test("the requests of one connection are messages of their own", async (t) => {
  const { address, taken } = await openFront(t);
  const wire = new Wire(address).send("POST /1 HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\nx");
  await until("the first reply", () => wire.received.match(/hello/g)?.length === 1);
  wire.send("GET /2 HTTP/1.1\r\nhost: a\r\n\r\n");
  await until("the second reply", () => wire.received.match(/hello/g)?.length === 2);
  wire.hangUp();
  assert.deepEqual(
    taken.map(({ message }) => message.path),
    ["/1", "/2"],
  );
  assert.notEqual(taken[0]?.message.id, taken[1]?.message.id);
});

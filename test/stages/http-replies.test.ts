import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../lib/core/reply.ts";
import { until } from "../helpers/until.ts";
import { parseResponse, Wire } from "../helpers/wire.ts";
import { openFront } from "./set-up.ts";

test("every reply carries the request id in a header", async (t) => {
  const { url, taken } = await openFront(t);
  const response = await fetch(url);
  assert.equal(response.headers.get("urocket-request-id"), taken[0]?.message.id);
});

test("a reply that comes later is sent as well as one at once", async (t) => {
  const { url } = await openFront(t, ({ caller }) => {
    setImmediate(() => caller.respond(verbatim(201, "application/json", Buffer.from("{}"))));
  });
  const response = await fetch(url, { method: "POST", body: "x" });
  assert.equal(response.status, 201);
  assert.equal(response.statusText, "Created");
  assert.equal(response.headers.get("content-type"), "application/json");
  assert.equal(await response.text(), "{}");
});

test("a reply without a content type has none", async (t) => {
  const { url } = await openFront(t, ({ caller }) => caller.respond(verbatim(200, undefined, Buffer.from([0, 255]))));
  const response = await fetch(url);
  assert.equal(response.headers.get("content-type"), null);
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), Buffer.from([0, 255]));
});

test("HEAD is answered with the length of the body and without the body, and the connection goes on", async (t) => {
  const { address } = await openFront(t);
  const wire = new Wire(address);
  for (let round = 1; round <= 3; round++) {
    wire.send("HEAD / HTTP/1.1\r\nhost: a\r\n\r\n");
    await until("the head of the reply", () => wire.received.match(/\r\n\r\n/g)?.length === round);
  }
  assert.match(wire.received, /content-length: 5/);
  assert.doesNotMatch(wire.received, /hello/);
  assert.equal(wire.closed, false);
  wire.hangUp();
});

for (const status of [204, 304]) {
  test(`a reply with ${status} has neither body nor length`, async (t) => {
    const { address } = await openFront(t, ({ caller }) => {
      caller.respond({ status, contentType: undefined, headers: [["allow", "GET"]], body: "" });
    });
    const wire = new Wire(address).send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    const head = await wire.expect("\r\n\r\n");
    wire.hangUp();
    assert.match(head, new RegExp(`^HTTP/1.1 ${status} `));
    assert.match(head, /allow: GET/);
    assert.doesNotMatch(head, /content-length/i);
  });
}

test("CR and LF never get into a header", async (t) => {
  const { address } = await openFront(t, ({ caller }) => {
    const headers = [["x-thing", "a\r\nx-injected: b"]] as const;
    caller.respond({ status: 200, contentType: "text/plain\r\n\r\nforged", headers, body: "ok" });
  });
  const wire = new Wire(address).send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  const { headers, body } = parseResponse(Buffer.from(await wire.end(), "latin1"));
  assert.equal(headers["x-injected"], undefined);
  assert.equal(headers["x-thing"], "a  x-injected: b");
  assert.equal(headers["content-type"], "text/plain    forged");
  assert.equal(body.toString(), "ok");
});

test("a large reply arrives whole at a caller that reads slowly", async (t) => {
  const large = Buffer.alloc(8 * 1024 * 1024, "0123456789abcdef");
  const { address } = await openFront(t, ({ caller }) => caller.respond(verbatim(200, undefined, large)));
  const wire = new Wire(address);
  wire.socket.pause();
  wire.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  await until("the head to be sent", () => wire.socket.bytesWritten > 0);
  wire.socket.resume();
  const { headers, body } = parseResponse(Buffer.from(await wire.end(), "latin1"));
  assert.equal(headers["content-length"], String(large.length));
  assert.ok(body.equals(large));
});

test("a caller that leaves in the middle of a large reply is no fault", async (t) => {
  const large = Buffer.alloc(32 * 1024 * 1024);
  const { stage, address, taken } = await openFront(t, ({ caller }) => caller.respond(verbatim(200, undefined, large)));
  const wire = new Wire(address).send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  wire.socket.pause();
  await until("the request", () => taken.length > 0);
  wire.hangUp();
  await stage.close(60_000);
});

test("an exception of the gateway is 500 to its caller and harms nobody else", async (t) => {
  t.mock.method(process, "emitWarning", () => {});
  const { url } = await openFront(t, ({ message, caller }) => {
    if (message.path === "/bad") throw new Error("secret");
    caller.respond(verbatim(200, undefined, Buffer.from("good")));
  });
  for (const body of [null, "x"]) {
    const bad = await fetch(`${url}/bad`, { method: "POST", body });
    assert.equal(bad.status, 500);
    assert.doesNotMatch(await bad.text(), /secret/);
  }
  assert.equal(await (await fetch(`${url}/good`)).text(), "good");
});

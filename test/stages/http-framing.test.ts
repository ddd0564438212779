import assert from "node:assert/strict";
import { test } from "node:test";
import { type Address, Wire } from "../helpers/wire.ts";
import { openFront } from "./set-up.ts";

const SMUGGLED = "POST /smuggled HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";

test("a request with two lengths, or a coding that is unknown, is hung up on, and nothing behind it is taken for a request", async (t) => {
  const { address, taken } = await openFront(t);
  for (const lengths of [
    [0, SMUGGLED.length],
    [SMUGGLED.length, 0],
    [5, 5],
  ]) {
    await refused(address, lengths.map((length) => `Content-Length: ${length}\r\n`).join(""), SMUGGLED);
  }
  for (const coding of ["xchunked", "identity", "chunked, identity", "gzip, chunked"]) {
    await refused(address, `Transfer-Encoding: ${coding}\r\n`, `0\r\n\r\n${SMUGGLED}`);
  }
  assert.deepEqual(taken, []);
});

test("a trailer is not taken for the next request, whether it comes with the chunks or behind the reply", async (t) => {
  const { address, taken } = await openFront(t);
  const chunks = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n";

  const whole = new Wire(address).send(`${chunks}X:${SMUGGLED}`);
  assert.equal(await whole.end(), "");

  const later = new Wire(address).send(`${chunks}X:`);
  const reply = await later.expect("hello");
  later.send(SMUGGLED);
  assert.match(reply, /^connection: close\r\n/im);
  assert.equal(await later.end(), reply);

  assert.deepEqual(
    taken.map(({ message }) => message.path),
    ["/a", "/a"],
  );
});

test("what an extension makes of the size of a chunk leads to no second request", async (t) => {
  const { address, taken } = await openFront(t);
  // For whoever knows extensions that is one request, with a chunk of 1 byte and another that holds a whole request.
  const hidden = `a\r\n${(0x300).toString(16)}\r\n`;
  const inside = `${"x".repeat(0x1bb - hidden.length)}\r\n0\r\n\r\n${SMUGGLED}`;
  const wire = new Wire(address).send(
    `POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;;\r\n${hidden}${inside}`,
  );
  await wire.end();
  assert.deepEqual(
    taken.map(({ message }) => message.path),
    ["/a"],
  );
});

async function refused(address: Address, fields: string, behind: string): Promise<void> {
  const wire = new Wire(address);
  wire.send(`POST /a HTTP/1.1\r\nHost: a\r\n${fields}\r\n${behind}`);
  assert.equal(await wire.end(), "", `expected ${JSON.stringify(fields)} to be hung up on`);
}

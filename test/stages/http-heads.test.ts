import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { text } from "../../lib/core/reply.ts";
import { HttpStage } from "../../lib/stages/index.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { until } from "../helpers/until.ts";
import { type Address, parseResponse, Wire } from "../helpers/wire.ts";

const LIMIT = 1000;

interface Front {
  readonly address: Address;
  readonly paths: string[];
}

async function openFront(t: TestContext): Promise<Front> {
  const paths: string[] = [];
  const stage = new HttpStage({
    bodyLimit: LIMIT,
    headLimit: LIMIT,
    gateway: {
      handle: ({ path }, caller) => {
        paths.push(path);
        caller.respond(text(200, "hello"));
      },
      abandon: () => {},
    },
  });
  const port = await stage.listen("127.0.0.1", 0);
  cleanUp(t, () => stage.close());
  return { address: { host: "127.0.0.1", port }, paths };
}

/** A head of exactly this many bytes. */
function head(bytes: number, start = "GET /a?b=c HTTP/1.1\r\nhost: a\r\n"): string {
  const rest = "x-filler: \r\n\r\n";
  return start + rest.replace(": ", `: ${"x".repeat(bytes - start.length - rest.length)}`);
}

function checkRefusal(received: string): void {
  const { status, headers, body } = parseResponse(Buffer.from(received, "latin1"));
  assert.equal(status, 431);
  assert.equal(headers["content-type"], "application/problem+json");
  const problem = JSON.parse(body.toString());
  assert.equal(problem.code, "head-too-large");
  assert.equal(problem.detail, `expected a head of at most ${LIMIT} bytes, got more`);
  assert.equal(problem.limit, LIMIT);
  assert.equal(problem.request_id, headers["urocket-request-id"]);
}

test("a head of exactly the limit is taken, one byte more is refused with 431", async (t) => {
  const { address, paths } = await openFront(t);
  const wire = new Wire(address).send(head(LIMIT));
  await wire.expect("hello");
  wire.hangUp();
  const larger = new Wire(address).send(head(LIMIT + 1));
  checkRefusal(await larger.expect("}"));
  larger.hangUp();
  assert.deepEqual(paths, ["/a"]);
});

test("after the refusal of a head without a body the connection goes on", async (t) => {
  const { address } = await openFront(t);
  const wire = new Wire(address).send(head(LIMIT + 1));
  await wire.expect("}");
  await wire.send(head(100)).expect("hello");
  wire.hangUp();
});

test("a long path counts as part of the head", async (t) => {
  const { address, paths } = await openFront(t);
  const wire = new Wire(address).send(`GET /${"a".repeat(LIMIT)} HTTP/1.1\r\nhost: a\r\n\r\n`);
  checkRefusal(await wire.expect("}"));
  wire.hangUp();
  assert.deepEqual(paths, []);
});

test("a head over the limit with a body is refused, and the connection closed with the body unread", async (t) => {
  const { address, paths } = await openFront(t);
  const start = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 500\r\n";
  const wire = new Wire(address).send(head(LIMIT + 1, start)).send("x".repeat(100));
  checkRefusal(await wire.end());
  assert.deepEqual(paths, []);
});

test("a head over the limit that comes in pieces is refused in the same words", async (t) => {
  const { address, paths } = await openFront(t);
  const whole = head(LIMIT + 500);
  const wire = new Wire(address).send(whole.slice(0, 700));
  await until("the first piece to leave", () => wire.socket.bytesWritten === 700);
  // Whoever answers this has read the first piece, too.
  const other = new Wire(address).send(head(100));
  await other.expect("hello");
  other.hangUp();
  checkRefusal(await wire.send(whole.slice(700)).expect("}"));
  wire.hangUp();
  assert.deepEqual(paths, ["/a"]);
});

test("a head without an end is cut off at twice the limit, by the server library in its own words", async (t) => {
  const { address, paths } = await openFront(t);
  const wire = new Wire(address).send("GET / HTTP/1.1\r\nhost: a\r\nx: ");
  const dribble = setInterval(() => wire.send("x".repeat(100)), 5);
  const received = await wire.end().finally(() => clearInterval(dribble));
  assert.match(received, /^HTTP\/1\.1 431 .*<h1>Request Header Fields Too Large<\/h1>/s);
  assert.ok(wire.socket.bytesWritten <= 4 * LIMIT, `${wire.socket.bytesWritten}`);
  assert.deepEqual(paths, []);
});

test("a head that comes byte by byte, without an end, is cut off by time", async (t) => {
  const { address, paths } = await openFront(t);
  const wire = new Wire(address).send("GET / HTTP/1.1\r\nhost: a\r\nx: ");
  // Each byte could be taken for a sign of life: the time counts from the connection on all the same.
  const dribble = setInterval(() => wire.send("x"), 500);
  const patience = 25_000;
  await until("the end of the connection", () => wire.closed, patience).finally(() => clearInterval(dribble));
  assert.equal(wire.received, "");
  assert.deepEqual(paths, []);
});

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { type TestContext, test } from "node:test";
import { UrocketError } from "../../lib/core/errors.ts";
import { text } from "../../lib/core/reply.ts";
import { HttpStage } from "../../lib/stages/index.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { until } from "../helpers/until.ts";
import { Wire } from "../helpers/wire.ts";
import { openFront } from "./set-up.ts";

const GET = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

test("a front that drains takes no new connection", async (t) => {
  const { stage, address } = await openFront(t);
  stage.drain();
  const wire = new Wire(address).send(GET);
  await wire.end();
  assert.equal(wire.received, "");
});

test("a front that drains answers what comes on open connections, and closes them with the reply", async (t) => {
  const { stage, address } = await openFront(t);
  const wire = new Wire(address).send(GET);
  await wire.expect("hello");
  stage.drain();
  wire.send(GET);
  const received = await wire.end();
  assert.equal(received.match(/hello/g)?.length, 2);
  assert.match(received, /connection: close/i);
});

test("close waits for the replies that are still to come", async (t) => {
  const { stage, address, taken } = await openFront(t, () => {});
  const wire = new Wire(address).send(GET);
  await until("the message", () => taken.length === 1);
  const closed = stage.close(60_000);
  taken[0]?.caller.respond(text(200, "the last"));
  await closed;
  assert.match(await wire.end(), /the last$/);
});

test("a reply that is given in the very handler that closes the front arrives", async (t) => {
  let closed: Promise<void> | undefined;
  const front = await openFront(t, ({ caller }) => {
    closed = front.stage.close(60_000);
    caller.respond(text(200, "the last"));
  });
  const wire = new Wire(front.address).send(GET);
  assert.match(await wire.end(), /the last$/);
  await closed;
});

test("close waits no longer than it is told to, and reports who was cut off", async (t) => {
  const { stage, address, taken, abandoned } = await openFront(t, () => {});
  const wire = new Wire(address).send(GET);
  await until("the message", () => taken.length === 1);
  await stage.close(1);
  await wire.end();
  assert.deepEqual(abandoned, [taken[0]?.message.id]);
});

test("close can be called twice, and before listen", async () => {
  const stage = new HttpStage({ gateway: { handle: () => {}, abandon: () => {} }, bodyLimit: 1 });
  await stage.close();
  await stage.close();
});

async function listenFailure(host: string, port: number): Promise<UrocketError> {
  const stage = new HttpStage({ gateway: { handle: () => {}, abandon: () => {} }, bodyLimit: 1 });
  const error = await stage.listen(host, port).then(
    () => undefined,
    (error: unknown) => error,
  );
  await stage.close();
  assert.ok(error instanceof UrocketError);
  assert.equal(error.code, "listen-failed");
  return error;
}

/** A front on a port that was asked for by its number: one that the system chose is never shared. */
async function openOnNumber(t: TestContext): Promise<number> {
  return until("a free port", async () => {
    const finder = await openFront(t);
    const { host, port } = finder.address;
    await finder.stage.close();
    const stage = new HttpStage({ gateway: { handle: () => {}, abandon: () => {} }, bodyLimit: 1 });
    cleanUp(t, () => stage.close());
    // Somebody else may have been given the number meanwhile.
    return stage.listen(host, port).catch(() => undefined);
  });
}

test("a port that another front of ours listens on is a clear error", async (t) => {
  const port = await openOnNumber(t);
  const { message } = await listenFailure("127.0.0.1", port);
  assert.match(message, /^expected `host` and `port` to be free to listen on, got .*EADDRINUSE.*: 127\.0\.0\.1:\d+$/);
});

test("a port that a stranger listens on is a clear error", async (t) => {
  const stranger = createServer();
  await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
  cleanUp(t, () => stranger.close());
  const { port } = stranger.address() as { port: number };
  assert.match((await listenFailure("127.0.0.1", port)).message, new RegExp(`EADDRINUSE.*127\\.0\\.0\\.1:${port}$`));
});

test("an address that this machine does not have is a clear error", async () => {
  assert.match((await listenFailure("192.0.2.1", 8080)).message, /EADDRNOTAVAIL.*192\.0\.2\.1:8080$/);
});

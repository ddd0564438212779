import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { type StatusSource, statusHandlers, statusPage } from "../../lib/admin/index.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { until } from "../helpers/until.ts";
import { ask, codeOf, openServer, TOKEN } from "./set-up.ts";

const BEARER = { authorization: `Bearer ${TOKEN}` };

/** A server that tells of a gateway whose one request is `1`; snapshots are counted. */
async function open(t: TestContext, { host = "127.0.0.1", snapshot = {} as object } = {}) {
  const killed: string[] = [];
  const taken = { number: 0 };
  const source: StatusSource = {
    snapshot: () => ({ ...snapshot, taken: ++taken.number }),
    timeline: (id) => (id === "1" ? { requestId: id } : undefined),
    kill: (id) => id === "1" && killed.push(id) > 0,
  };
  const { port } = await openServer(t, { host, handlers: statusHandlers(source) });
  return { port, killed, taken };
}

/** Follows the stream: `next` is the next event. */
async function follow(port: number) {
  const abort = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}/api/status/stream`, { signal: abort.signal });
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  const chunks = response.body?.values() ?? assert.fail("expected a body");
  let received = "";
  const next = async (): Promise<object> => {
    while (!received.includes("\n\n")) received += Buffer.from((await chunks.next()).value).toString();
    const [event = "", ...rest] = received.split("\n\n");
    received = rest.join("\n\n");
    return JSON.parse(event.replace(/^data: /, ""));
  };
  return { next, leave: () => abort.abort() };
}

test("the status is told at once, and request by request", async (t) => {
  const { port } = await open(t, { snapshot: { running: 7 } });
  assert.deepEqual(JSON.parse((await ask(port, "/api/status")).text), { running: 7, taken: 1 });
  assert.deepEqual(JSON.parse((await ask(port, "/api/requests/1")).text), { requestId: "1" });
  const missing = await ask(port, "/api/requests/2");
  assert.deepEqual([missing.status, codeOf(missing)], [404, "admin-request-unknown"]);
});

test("a process is killed by whoever has the token, by nobody else, and not twice", async (t) => {
  const { port, killed } = await open(t);
  assert.equal((await ask(port, "/api/requests/1/kill", {}, "POST")).status, 401);
  assert.equal((await ask(port, `/api/requests/1/kill?token=${TOKEN}`, {}, "POST")).status, 401);
  const origin = { origin: "http://evil.example" };
  assert.equal((await ask(port, "/api/requests/1/kill", { ...BEARER, ...origin }, "POST")).status, 403);
  assert.deepEqual(killed, []);
  const done = await ask(port, "/api/requests/1/kill", BEARER, "POST");
  assert.deepEqual([done.status, done.text, killed], [204, "", ["1"]]);
  const other = await ask(port, "/api/requests/2/kill", BEARER, "POST");
  assert.deepEqual([other.status, codeOf(other)], [404, "admin-request-unknown"]);
  const strange = await ask(port, "/api/requests/1/stop", BEARER, "POST");
  assert.deepEqual([strange.status, codeOf(strange)], [404, "route-not-found"]);
});

test("all who follow get the same snapshots, and none is taken when nobody does", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const { port, taken } = await open(t);
  const followers = [await follow(port), await follow(port)];
  for (const [n, { next }] of followers.entries()) assert.deepEqual(await next(), { taken: n + 1 });
  t.mock.timers.tick(1000);
  for (const { next } of followers) assert.deepEqual(await next(), { taken: 3 });
  for (const { leave } of followers) leave();
  const head = await ask(port, "/api/status/stream", {}, "HEAD");
  assert.deepEqual([head.status, head.text], [200, ""]);
  await until("no snapshot any more", () => {
    const before = taken.number;
    t.mock.timers.tick(1000);
    return taken.number === before;
  });
});

test("too many who follow are turned away, until one leaves", async (t) => {
  const { port } = await open(t);
  const all = await Promise.all(
    Array.from({ length: 16 }, async () => {
      const abort = new AbortController();
      const response = await fetch(`http://127.0.0.1:${port}/api/status/stream`, { signal: abort.signal });
      // Held with it, for the connection of a response that is forgotten is closed.
      return { abort, response };
    }),
  );
  const refused = await ask(port, "/api/status/stream");
  assert.deepEqual([refused.status, codeOf(refused), refused.headers["retry-after"]], [503, "admin-busy", "5"]);
  all[0]?.abort.abort();
  await until("a place", async () => (await ask(port, "/api/status/stream", {}, "HEAD")).status === 200);
  for (const { abort, response } of all) {
    assert.equal(response.status, 200);
    abort.abort();
  }
});

test("who does not read is dropped", async (t) => {
  const { port, taken } = await open(t, { snapshot: { much: "x".repeat(32 << 20) } });
  const socket = connect(port, "127.0.0.1");
  cleanUp(t, () => socket.destroy());
  socket.write(`GET /api/status/stream HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
  await until("the second snapshot", () => taken.number === 2);
  socket.on("error", () => {});
  const received = await text(socket).catch(() => "");
  assert.equal(received.includes('"taken":2'), false);
});

test("the page itself is open to all, but not what it shows, where others reach the port", async (t) => {
  const source: StatusSource = { snapshot: () => ({}), timeline: () => ({}), kill: () => true };
  const handlers = [...statusHandlers(source), ...statusPage()];
  const { port } = await openServer(t, { host: "0.0.0.0", handlers });
  const page = await ask(port, "/");
  assert.equal(page.status, 200);
  assert.match(page.headers["content-security-policy"] ?? "", /default-src 'self'/);
  for (const path of ["/api/status", "/api/status/stream", "/api/requests/1"]) {
    assert.equal((await ask(port, path)).status, 401, path);
    assert.equal((await ask(port, `${path}?token=${TOKEN}`, {}, "HEAD")).status, 200, path);
  }
});

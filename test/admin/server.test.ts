import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { AdminServer, newToken } from "../../lib/admin/index.ts";
import { UrocketError } from "../../lib/core/errors.ts";
import { events } from "../../lib/core/events.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { ask, codeOf, HANDLERS, openServer, TOKEN } from "./set-up.ts";

test("every response, a refusal too, keeps browsers from using it for anything else", async (t) => {
  const { port } = await openServer(t);
  for (const [target, host] of [
    ["/open", "localhost"],
    ["/nowhere", "localhost"],
    ["/open", "evil.example"],
  ] as const) {
    const { headers } = await ask(port, target, { host });
    assert.match(headers["content-security-policy"] ?? "", /default-src 'self'.*frame-ancestors 'none'/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["cache-control"], "no-store");
    assert.equal(headers["referrer-policy"], "no-referrer");
    assert.equal(headers["cross-origin-resource-policy"], "same-origin");
  }
});

test("unknown paths are 404, other methods 405 with those that are known", async (t) => {
  const { port } = await openServer(t);
  for (const target of ["/nowhere", "/open/", "/change/", "/change/%ff", "//open"]) {
    assert.equal(codeOf(await ask(port, target)), "route-not-found", target);
  }
  const refused = await ask(port, "/open", {}, "POST");
  assert.deepEqual([refused.status, refused.headers.allow, codeOf(refused)], [405, "GET, HEAD", "method-not-allowed"]);
});

test("HEAD is answered like GET, without the body", async (t) => {
  const { port } = await openServer(t);
  const { status, headers, text } = await ask(port, "/open", {}, "HEAD");
  assert.deepEqual([status, headers["content-length"], text], [200, "7", ""]);
});

const HOST = "host: localhost\r\n";

for (const [what, sent, expected] of [
  ["no host", "GET /open HTTP/1.1\r\n\r\n", [400]],
  ["no host, in HTTP/1.0", "GET /open HTTP/1.0\r\n\r\n", [403]],
  ["a stranger's name before ours", `GET /open HTTP/1.1\r\nhost: evil.example\r\n${HOST}\r\n`, [403]],
  ["a whole address", `GET http://evil.example/open HTTP/1.1\r\n${HOST}connection: close\r\n\r\n`, [404]],
  ["dots in the path", `GET /open/../open HTTP/1.1\r\n${HOST}connection: close\r\n\r\n`, [404]],
  ["escaped dots in the path", `GET /%2e%2e/open HTTP/1.1\r\n${HOST}connection: close\r\n\r\n`, [404]],
  ["no path", `OPTIONS * HTTP/1.1\r\n${HOST}connection: close\r\n\r\n`, [404]],
  ["a method that is none", `FOO /open HTTP/1.1\r\n${HOST}\r\n`, [400]],
  ["a method of no use here", `TRACE /open HTTP/1.1\r\n${HOST}connection: close\r\n\r\n`, [405]],
  ["a tunnel", `CONNECT localhost:80 HTTP/1.1\r\n${HOST}\r\n`, []],
  ["a head without end", `GET /open HTTP/1.1\r\n${HOST}x: ${"x".repeat(20_000)}`, [431]],
  ["what is not HTTP", "\x16\x03\x01\x02", [400]],
  [
    "several requests at once",
    `HEAD /open HTTP/1.1\r\n${HOST}\r\nPOST /open HTTP/1.1\r\n${HOST}content-length: 3\r\n\r\nabcGET /read HTTP/1.1\r\n${HOST}connection: close\r\n\r\n`,
    [200, 405, 200],
  ],
] as const) {
  test(`whoever sends ${what} gets ${expected.length === 0 ? "nothing" : expected.join(", ")}, and the next caller an answer`, async (t) => {
    const { port } = await openServer(t);
    const socket = connect(port, "127.0.0.1");
    cleanUp(t, () => socket.destroy());
    socket.write(sent);
    const received = await text(socket);
    assert.deepEqual(
      [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status)),
      expected,
    );
    assert.equal((await ask(port, "/open")).status, 200);
  });
}

test("a handler that throws is a fault of our own, told to the log and not to the caller", async (t) => {
  const faults: unknown[] = [];
  const hear = (event: unknown) => void faults.push(event);
  events.fault.subscribe(hear);
  cleanUp(t, () => events.fault.unsubscribe(hear));
  const handle = () => Promise.reject(new Error("a secret"));
  const { port } = await openServer(t, { handlers: [{ method: "GET", path: "/", access: "open", handle }] });
  const { status, text } = await ask(port, "/");
  assert.equal(status, 500);
  assert.equal(text.includes("a secret"), false);
  assert.equal(faults.length, 1);
});

test("a handler may write a stream itself, which ends with the server; closing twice is closing once", async (t) => {
  const { port, server } = await openServer(t, {
    handlers: [
      {
        method: "GET",
        path: "/events",
        access: "open",
        handle: ({ response }) => {
          response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
          return undefined;
        },
      },
    ],
  });
  const response = await fetch(`http://127.0.0.1:${port}/events`);
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  const reader = response.body?.getReader();
  assert.equal(Buffer.from((await reader?.read())?.value ?? "").toString(), "data: 1\n\n");
  const ended = reader?.read().catch((error) => error);
  await Promise.all([server.close(), server.close()]);
  assert.ok((await ended) instanceof Error);
});

test("a port that is taken is told of", async (t) => {
  const { port } = await openServer(t);
  const other = new AdminServer({ host: "127.0.0.1", names: [], token: TOKEN, handlers: HANDLERS });
  await assert.rejects(other.listen(port), (error) => {
    return (
      error instanceof UrocketError &&
      error.code === "listen-failed" &&
      /of `admin` to be free .*EADDRINUSE/.test(error.message)
    );
  });
  await other.close();
});

test("each token of our own making is another one, and fits into a URL", () => {
  const tokens = Array.from({ length: 100 }, newToken);
  assert.equal(new Set(tokens).size, 100);
  for (const token of tokens) assert.match(token, /^[\w-]{32}$/);
});

import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { createGateway, events, type LibraryOptions, type MessageEnded } from "../../lib/library/index.ts";
import { Supervisor } from "../../lib/process/index.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { ANSWER } from "../helpers/fixtures.ts";
import { childrenOf } from "../helpers/leaks.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { until } from "../helpers/until.ts";

const SUM = { path: "/sum", verb: "post", cmd: "sha1sum", channel: "stdin", reply: "stdout" } as const;
const SLEEP = {
  path: "/sleep",
  verb: "post",
  cmd: ["/bin/sh", "-c", "exec sleep 60"],
  timeout: "2m",
  reply: "report",
} as const;

/** Children of ours that run for a request; the loader of TypeScript has some of its own. */
function spawned(): number[] {
  return childrenOf(process.pid).filter((pid) => environment(pid).includes("REQUEST_ID="));
}

function environment(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}

/** A gateway that is closed after the test; nothing may be left then. */
async function open(t: TestContext, options: LibraryOptions) {
  const gateway = await createGateway(options);
  cleanUp(t, async () => {
    await gateway.close();
    await until("no child", () => spawned().length === 0);
  });
  return gateway;
}

test("a request runs its route and resolves with what the process printed", async (t) => {
  const gateway = await open(t, { routes: [SUM] });
  const response = await gateway.request({ verb: "POST", path: "/sum", body: "hello" });
  assert.equal(response.status, 200);
  assert.equal(response.contentType, "application/octet-stream");
  assert.equal(response.body.toString(), "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d  -\n");
  assert.match(response.requestId, /^[0-9a-f-]{36}$/);
  assert.equal(gateway.socketPath, undefined, "no route needs a socket");
});

test("path parameters, query, headers and bytes reach the process, and a process sets status and headers", async (t) => {
  const script = `cat; echo "{{param.id}} {{query.q}} {{header.x-a}}"`;
  const cgi = `printf 'Status: 418 Teapot\\nContent-Type: text/x\\nSet-Cookie: a=1\\nSet-Cookie: b=2\\n\\n'; ${script}`;
  const gateway = await open(t, { routes: [{ path: "/p/{id}", verb: "put", cmd: ["sh", "-c", cgi], channel: "cgi" }] });
  const body = Uint8Array.of(0, 255, 10);
  const query = new URLSearchParams({ q: "x y" });
  const { status, headers, ...response } = await gateway.request({
    verb: "put",
    path: "/p/a%20b",
    query,
    headers: { "X-A": "Q" },
    body,
  });
  assert.equal(status, 418, response.body.toString());
  assert.deepEqual(response.body, Buffer.concat([body, Buffer.from("a b x y Q\n")]));
  assert.equal(headers.get("content-type"), "text/x");
  assert.deepEqual(headers.getSetCookie(), ["a=1", "b=2"]);
});

test("a process answers on a socket of the gateway's own, for its owner only, which is gone after the close", async (t) => {
  const route = {
    path: "/a",
    verb: "post",
    cmd: [...ANSWER, "{{jsonpayload}}", "text/plain"],
    timeout: "20s",
  } as const;
  const gateway = await open(t, { routes: [route] });
  const { status, contentType, body } = await gateway.request({ verb: "post", path: "/a", body: "pong" });
  assert.deepEqual([status, contentType, body.toString()], [200, "text/plain", "pong"]);
  const path = String(gateway.socketPath);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(statSync(dirname(path)).mode & 0o777, 0o700);
  await gateway.close();
  assert.equal(existsSync(dirname(path)), false);
});

test("a socket path of choice is used, in a directory that stays", async (t) => {
  const directory = temporaryDirectory(t);
  const socketPath = join(directory, "x.sock");
  const gateway = await open(t, { routes: [SUM], socketPath, socketMode: "0620" });
  assert.equal(gateway.socketPath, socketPath);
  assert.equal(statSync(socketPath).mode & 0o777, 0o620);
  await gateway.close();
  assert.equal(existsSync(socketPath), false);
  assert.equal(existsSync(directory), true);
});

test("a socket path that can't be had rejects, and leaves no supervisor behind", async () => {
  const options = { routes: [SUM], socketPath: "/proc/x.sock" };
  await assert.rejects(createGateway(options), { code: "listen-failed" });
});

test("what no route serves, and what fails, is a response with its problem document", async (t) => {
  const fail = { path: "/fail", verb: "get", cmd: ["/bin/false"], reply: "stdout" } as const;
  const gateway = await open(t, { routes: [SUM, fail], limits: { body: "1KiB" } });
  const code = async (verb: string, path: string, body = "") => {
    const response = await gateway.request({ verb, path, body });
    assert.equal(response.contentType, "application/problem+json");
    return [response.status, JSON.parse(response.body.toString()).code];
  };
  assert.deepEqual(await code("get", "/nowhere"), [404, "route-not-found"]);
  assert.deepEqual(await code("get", "/sum"), [405, "method-not-allowed"]);
  assert.deepEqual(await code("get", "/fail"), [502, "process-failed"]);
  assert.deepEqual(await code("post", "/sum", "x".repeat(1025)), [413, "body-too-large"]);
  const head = await gateway.request({ verb: "head", path: "/fail" });
  assert.deepEqual([head.status, head.body.length], [502, 0]);
});

test("an aborted request rejects with the reason and ends its process", async (t) => {
  const gateway = await open(t, { routes: [SLEEP] });
  const controller = new AbortController();
  const request = gateway.request({ verb: "post", path: "/sleep" }, { signal: controller.signal });
  await until("the process", () => spawned().length === 1);
  assert.deepEqual(gateway.figures(), { waiting: 1, running: 1, queued: 0 });
  controller.abort(new Error("enough"));
  await assert.rejects(request, { message: "enough" });
  await until("the end of the process", () => gateway.figures().running === 0);
  const late = gateway.request({ verb: "post", path: "/sleep" }, { signal: controller.signal });
  await assert.rejects(late, { message: "enough" });
  assert.equal(gateway.figures().running, 0);
});

test("closing answers 503 to those who wait, refuses those who come, and may be done twice", async () => {
  const gateway = await createGateway({ routes: [SLEEP] });
  const waiting = gateway.request({ verb: "post", path: "/sleep" });
  await until("the process", () => gateway.figures().running === 1);
  assert.throws(() => gateway.close({ grace: -1 }), /expected `grace` to be milliseconds, 0 or more, got -1/);
  await Promise.all([gateway.close(), gateway.close(), gateway[Symbol.asyncDispose]()]);
  assert.equal((await waiting).status, 503);
  assert.equal((await gateway.request({ verb: "post", path: "/sleep" })).status, 503);
  assert.deepEqual(spawned(), []);
});

test("a supervisor that is given stays open", async (t) => {
  const supervisor = new Supervisor();
  cleanUp(t, () => supervisor.close());
  const gateway = await open(t, { routes: [SUM], supervisor });
  await gateway.request({ verb: "post", path: "/sum" });
  await gateway.close();
  assert.equal((await supervisor.spawn({ argv: ["/bin/true"], env: [] }).exited).code, 0);
});

test("an accepted request is fetched at its location", async (t) => {
  const later = { path: "/later", verb: "post", cmd: "/bin/echo done", reply: "accepted" } as const;
  const gateway = await open(t, { routes: [later] });
  const { status, headers } = await gateway.request({ verb: "post", path: "/later" });
  assert.equal(status, 202);
  const path = String(headers.get("location"));
  const result = await until("the result", async () => {
    const response = await gateway.request({ verb: "get", path });
    return response.status === 200 && response;
  });
  assert.equal(JSON.parse(result.body.toString()).stdout.text, "done {}\n");
});

test("limits and defaults are in force", async (t) => {
  const { timeout: _, ...sleep } = SLEEP;
  const options = { routes: [sleep], defaults: { timeout: 30 }, limits: { processes: 1, queue: 0 } };
  const gateway = await open(t, options);
  const [first, second] = await Promise.all([1, 2].map(() => gateway.request({ verb: "post", path: "/sleep" })));
  assert.deepEqual([first?.status, second?.status], [504, 503]);
});

test("events tell of every request", async (t) => {
  const ended: MessageEnded[] = [];
  const listener = (event: unknown): void => void ended.push(event as MessageEnded);
  events.ended.subscribe(listener);
  cleanUp(t, () => events.ended.unsubscribe(listener));
  const gateway = await open(t, { routes: [SUM], limits: { body: 1 } });
  const sent = [await gateway.request({ verb: "post", path: "/sum" })];
  sent.push(await gateway.request({ verb: "post", path: "/sum", body: "xx" }));
  assert.deepEqual(
    ended.map(({ requestId, how, status }) => [requestId, how, status]),
    sent.map(({ requestId, status }, index) => [requestId, ["answered", "body-too-large"][index], status]),
  );
});

test("what is no request is refused", async (t) => {
  const gateway = await open(t, { routes: [SUM] });
  const cases: [object, RegExp][] = [
    [{ path: "sum" }, /expected `path` to begin with \/ and to have no query, got sum/],
    [{ path: "/sum?a" }, /expected `path`/],
    [{ verb: "P T" }, /expected `verb` to be an HTTP method, got P T/],
    [{ body: 7 }, /expected `body` to be text or bytes, got number/],
    [{ headers: { "a b": "c" } }, /expected `headers` that can be sent/],
  ];
  for (const [wrong, message] of cases) {
    const request = gateway.request({ verb: "post", path: "/sum", ...wrong } as never);
    await assert.rejects(request, { code: "bad-request", message });
  }
});

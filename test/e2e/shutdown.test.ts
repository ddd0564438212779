import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answer, curl, startCurl } from "../helpers/curl.ts";
import { SLEEP, words } from "../helpers/fixtures.ts";
import { startGateway } from "../helpers/gateway.ts";
import { processesOf } from "../helpers/leaks.ts";
import { until } from "../helpers/until.ts";
import { Wire } from "../helpers/wire.ts";

const POST_DONE = 'curl -sS --unix-socket "$UROCKET_SOCKET" -d done http://x/urhttp/$REQUEST_ID';

/** A process that answers once the file `go` is there. */
const PATIENT = `
  /a:
    post: {cmd: ${words("/bin/sh", "-c", `while [ ! -e go ]; do sleep 0.02; done; ${POST_DONE}`)}, wd: ., timeout: 60s}`;

const SLOW = `\n  /slow:\n    post: {cmd: ${SLEEP}, timeout: 60s}`;

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  test(`${signal} ends an idle gateway with 0 and removes the socket file`, async (t) => {
    const gateway = await startGateway(t, SLOW);
    gateway.signal(signal);
    assert.deepEqual(await gateway.exited, { code: 0, signal: null });
    assert.equal(existsSync(gateway.socket), false);
    assert.equal(gateway.log.lines.at(-1)?.msg, "stopped");
    assert.equal(gateway.stderr(), "");
  });
}

test("after SIGTERM nobody new is let in, and what runs may end within the grace", async (t) => {
  const gateway = await startGateway(t, PATIENT, { top: "grace: 60s" });
  const caller = startCurl(`${gateway.url}/a`, "-d", "x");
  await gateway.log.stored("/a");
  gateway.signal("SIGTERM");
  await gateway.log.find({ signal: "SIGTERM" });
  assert.equal((await curl(`${gateway.url}/a`, "-d", "x").catch((error) => error)).exitCode, 7);
  writeFileSync(join(gateway.directory, "go"), "");
  const { status, headers, text } = await caller.done;
  assert.equal(status, 200);
  assert.equal(text, "done");
  assert.equal(headers.connection, "close");
  assert.deepEqual(await gateway.exited, { code: 0, signal: null });
});

test("a connection that is open gets 503 for what it asks after SIGTERM, and is closed", async (t) => {
  const gateway = await startGateway(t, PATIENT, { top: "grace: 60s" });
  const running = startCurl(`${gateway.url}/a`, "-d", "x");
  await gateway.log.stored("/a");
  const { hostname: host, port } = new URL(gateway.url);
  const wire = new Wire({ host, port: Number(port) }).send("GET /nowhere HTTP/1.1\r\nhost: a\r\n\r\n");
  await wire.expect("route-not-found");
  gateway.signal("SIGTERM");
  await gateway.log.find({ signal: "SIGTERM" });
  wire.send("POST /a HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\nx");
  const received = await wire.end();
  assert.match(received, /HTTP\/1.1 503 .*connection: close.*"code":"shutting-down"/is);
  writeFileSync(join(gateway.directory, "go"), "");
  assert.equal((await running.done).status, 200);
  assert.equal((await gateway.exited).code, 0);
});

test("what still runs after the grace gets 503 and is killed, and the exit code is 0", async (t) => {
  const gateway = await startGateway(t, SLOW, { top: "grace: 200" });
  const callers = Array.from({ length: 5 }, () => startCurl(`${gateway.url}/slow`, "-d", "x"));
  await gateway.log.stored("/slow", 4);
  gateway.signal("SIGTERM");
  for (const { done } of callers) {
    const { status, text } = await done;
    assert.equal(status, 503);
    assert.equal(JSON.parse(text).code, "shutting-down");
  }
  assert.deepEqual(await gateway.exited, { code: 0, signal: null });
  assert.deepEqual(processesOf(gateway.socket), []);
});

test("within the grace the socket still takes answers, also for callers whose process ended", async (t) => {
  const gateway = await startGateway(t, "\n  /a:\n    post: {cmd: /bin/true}", { top: "grace: 60s" });
  const caller = startCurl(`${gateway.url}/a`, "-d", "x");
  const id = await gateway.log.stored("/a");
  await gateway.log.find({ msg: "process ended: exit code 0" });
  gateway.signal("SIGTERM");
  await gateway.log.find({ signal: "SIGTERM" });
  assert.equal((await answer(gateway.socket, `/urhttp/${id}`, "-d", "in time")).status, 200);
  assert.equal((await caller.done).text, "in time");
  assert.equal((await gateway.exited).code, 0);
});

for (const [signal, code] of [
  ["SIGTERM", 143],
  ["SIGINT", 130],
] as const) {
  test(`a second signal ends the gateway at once: ${signal} with ${code}`, async (t) => {
    const gateway = await startGateway(t, SLOW, { top: "grace: 60s" });
    const caller = startCurl(`${gateway.url}/slow`, "-d", "x");
    await gateway.log.stored("/slow");
    gateway.signal("SIGTERM");
    await gateway.log.find({ signal: "SIGTERM" });
    gateway.signal(signal);
    assert.deepEqual(await gateway.exited, { code, signal: null });
    assert.equal(existsSync(gateway.socket), false);
    await until("the process to be gone", () => processesOf(gateway.socket).length === 0);
    assert.notEqual((await caller.done.catch((error) => error)).status, 200);
  });
}

test("a gateway that is killed takes its processes with it", async (t) => {
  const gateway = await startGateway(t, SLOW);
  startCurl(`${gateway.url}/slow`, "-d", "x").done.catch(() => {});
  await gateway.log.stored("/slow");
  await until("the process to run", () => processesOf(gateway.socket).length > 0);
  gateway.signal("SIGKILL");
  await gateway.exited;
  await until("the process to be gone", () => processesOf(gateway.socket).length === 0);
  rmSync(gateway.socket);
});

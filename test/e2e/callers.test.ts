import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answer, startCurl } from "../helpers/curl.ts";
import { SLEEP, words } from "../helpers/fixtures.ts";
import { startGateway } from "../helpers/gateway.ts";
import { processesOf } from "../helpers/leaks.ts";
import { until } from "../helpers/until.ts";

test("a caller that hangs up ends its process", async (t) => {
  const { url, socket, log } = await startGateway(t, `\n  /a:\n    post: {cmd: ${SLEEP}, timeout: 60s}`);
  const caller = startCurl(`${url}/a`, "-d", "x");
  const id = await log.stored("/a");
  await until("the process to run", () => processesOf(socket).length > 0);
  caller.child.kill();
  await log.find({ request_id: id, how: "caller-left", status: 0 });
  await log.find({ request_id: id, msg: "process ended: caller left, then SIGTERM" });
  assert.deepEqual(processesOf(socket), []);
  const late = await answer(socket, `/urhttp/${id}`, "-d", "late");
  assert.equal(late.status, 410);
  assert.equal(JSON.parse(late.text).reason, "caller-left");
});

test("with onabort continue the process of a caller that hung up runs to its end", async (t) => {
  const script = "while [ ! -e go ]; do sleep 0.02; done; : > done";
  const { url, log, directory } = await startGateway(
    t,
    `\n  /a:\n    post: {cmd: ${words("/bin/sh", "-c", script)}, wd: ., timeout: 60s, onabort: continue}`,
  );
  const caller = startCurl(`${url}/a`, "-d", "x");
  const id = await log.stored("/a");
  caller.child.kill();
  await log.find({ request_id: id, msg: /^caller-left before the end/ });
  writeFileSync(join(directory, "go"), "");
  await until("the process to have done its work", () => existsSync(join(directory, "done")));
  await log.find({ request_id: id, msg: "process ended: exit code 0" });
});

test("many callers that hang up at once leave nothing behind", async (t) => {
  const { url, socket, log } = await startGateway(t, `\n  /a:\n    post: {cmd: ${SLEEP}, timeout: 60s}`);
  const callers = Array.from({ length: 50 }, () => startCurl(`${url}/a`, "-d", "x"));
  await log.stored("/a", 49);
  for (const { child } of callers) child.kill();
  await until("fifty ends", () => log.lines.filter(({ how }) => how === "caller-left").length === 50);
  await until("every process to be gone", () => processesOf(socket).length === 0);
});

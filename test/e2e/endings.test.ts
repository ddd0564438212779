import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answer, curl, startCurl } from "../helpers/curl.ts";
import { words } from "../helpers/fixtures.ts";
import { startGateway } from "../helpers/gateway.ts";
import { processesOf } from "../helpers/leaks.ts";
import { until } from "../helpers/until.ts";

const shell = (script: string): string => words("/bin/sh", "-c", script);

test("at the timeout the group gets TERM and the caller 504", async (t) => {
  const { url, socket, log } = await startGateway(
    t,
    `
  /a:
    post:
      inject: {cmd: ${shell("trap 'exit 7' TERM; sleep 60 & wait")}, timeout: 300, grace: 60s}`,
  );
  const { status, text } = await curl(`${url}/a`, "-d", "x");
  assert.equal(status, 504);
  assert.equal(JSON.parse(text).code, "process-timeout");
  // The shell's own TERM handler ran, so it was TERM; its child is gone too, so it was the whole group.
  const ended = await log.find({ how: "timeout" });
  assert.equal(ended.exit_code, 7);
  await until("the whole group to be gone", () => processesOf(socket).length === 0);
});

test("who ignores TERM gets KILL after the grace, and the caller has its 504 before", async (t) => {
  const { url, socket, log } = await startGateway(
    t,
    `
  /a:
    post:
      inject: {cmd: ${shell("trap '' TERM; sleep 60 & sleep 60")}, timeout: 300, grace: 3s}`,
  );
  const { status } = await curl(`${url}/a`, "-d", "x");
  assert.equal(status, 504);
  assert.notDeepEqual(processesOf(socket), []);
  assert.equal((await log.find({ how: "timeout" })).signal, "SIGKILL");
  await until("the whole group to be gone", () => processesOf(socket).length === 0);
});

test("a process that ends with another code than 0 without an answer is 502 at once, and its stderr is only logged", async (t) => {
  const { url, log } = await startGateway(
    t,
    `\n  /a:\n    post: {cmd: ${shell("echo the reason >&2; exit 3")}, timeout: 60s}`,
  );
  const { status, text } = await curl(`${url}/a`, "-d", "x");
  assert.equal(status, 502);
  const problem = JSON.parse(text);
  assert.equal(problem.code, "process-failed");
  assert.equal(problem.exit_code, 3);
  assert.doesNotMatch(text, /the reason/);
  await log.find({ msg: "process failed: exit code 3", stderr: "the reason" });
});

test("a process that ends by a signal without an answer is 502 at once", async (t) => {
  const { url } = await startGateway(t, `\n  /a:\n    post: {cmd: ${shell("kill -9 $$")}, timeout: 60s}`);
  const { status, text } = await curl(`${url}/a`, "-d", "x");
  assert.equal(status, 502);
  assert.equal(JSON.parse(text).signal, "SIGKILL");
});

test("a process that can't be started is 502 with the step and the errno", async (t) => {
  const { url } = await startGateway(
    t,
    `
  /no-program:
    post: {cmd: /no/such/program}
  /no-directory:
    post: {cmd: /bin/true, wd: /no/such/directory}`,
  );
  const program = await curl(`${url}/no-program`, "-d", "x");
  assert.equal(program.status, 502);
  assert.equal(JSON.parse(program.text).code, "spawn-failed");
  assert.equal(JSON.parse(program.text).errno, "ENOENT");
  assert.equal(JSON.parse((await curl(`${url}/no-directory`, "-d", "x")).text).step, "chdir");
});

test("a process that ends with 0 may have handed the work on: the caller gets the answer of another", async (t) => {
  const post = 'curl -sS --unix-socket "$UROCKET_SOCKET" -d late http://x/urhttp/$REQUEST_ID';
  const script = `(while [ ! -e go ]; do sleep 0.02; done; ${post}) >/dev/null 2>&1 & exit 0`;
  const { url, log, directory } = await startGateway(
    t,
    `\n  /a:\n    post: {cmd: ${shell(script)}, wd: ., timeout: 60s}`,
  );
  const caller = startCurl(`${url}/a`, "-d", "x");
  await log.find({ route: "/a", msg: "process ended: exit code 0" });
  writeFileSync(join(directory, "go"), "");
  const { status, text } = await caller.done;
  assert.equal(status, 200);
  assert.equal(text, "late");
});

test("nobody answers: 504 after the reply timeout", async (t) => {
  const { url, socket } = await startGateway(t, "\n  /a:\n    post: {cmd: /bin/true, replytimeout: 300}");
  const { status, headers, text } = await curl(`${url}/a`, "-d", "x");
  assert.equal(status, 504);
  assert.equal(JSON.parse(text).code, "reply-timeout");
  const late = await answer(socket, `/urhttp/${headers["urocket-request-id"]}`, "-d", "x");
  assert.equal(JSON.parse(late.text).reason, "timed-out");
});

test("with onexit error a process that ends with 0 without answering is 502 at once", async (t) => {
  const { url } = await startGateway(t, "\n  /a:\n    post: {cmd: /bin/true, onexit: error}");
  const { status, text } = await curl(`${url}/a`, "-d", "x");
  assert.equal(status, 502);
  assert.equal(JSON.parse(text).code, "process-unanswered");
});

test("when a process fails, what it left running is ended", async (t) => {
  const { url, socket } = await startGateway(
    t,
    `\n  /a:\n    post: {cmd: ${shell("sleep 60 >/dev/null 2>&1 & exit 1")}, timeout: 60s}`,
  );
  assert.equal((await curl(`${url}/a`, "-d", "x")).status, 502);
  await until("the rest of the group to be gone", () => processesOf(socket).length === 0);
});

test("what a process left running is ended with the reply timeout", async (t) => {
  const { url, socket } = await startGateway(
    t,
    `\n  /a:\n    post: {cmd: ${shell("sleep 60 >/dev/null 2>&1 & exit 0")}, timeout: 60s, replytimeout: 300}`,
  );
  assert.equal((await curl(`${url}/a`, "-d", "x")).status, 504);
  await until("the rest of the group to be gone", () => processesOf(socket).length === 0);
});

test("a process that answered goes on until its own end", async (t) => {
  const script = 'curl -sS --unix-socket "$UROCKET_SOCKET" -d early http://x/urhttp/$REQUEST_ID; exit 5';
  const { url, log } = await startGateway(t, `\n  /a:\n    post: {cmd: ${shell(script)}, timeout: 60s}`);
  const { status, text } = await curl(`${url}/a`, "-d", "x");
  assert.equal(status, 200);
  assert.equal(text, "early");
  await log.find({ msg: "process failed: exit code 5" });
});

test("what a process prints is logged where the route asks for it", async (t) => {
  const { url, log } = await startGateway(
    t,
    `\n  /a:\n    post: {cmd: ${shell("echo one; echo two >&2; exit 1")}, timeout: 60s, logstdout: true}`,
  );
  const { headers } = await curl(`${url}/a`, "-d", "x");
  const line = await log.find({ msg: "one", stream: "stdout" });
  assert.equal(line.request_id, headers["urocket-request-id"]);
  assert.equal(line.route, "/a");
  assert.ok((line.child_pid as number) > 1);
  await log.find({ msg: "two", stream: "stderr" });
});

test("where the route allows it, a caller may ask for what its own process prints in the log", async (t) => {
  const route = (logstdout: string) =>
    `{post: {cmd: ${shell("echo printed by $URIPATH")}, onexit: error, logstdout: ${logstdout}}}`;
  const { url, log } = await startGateway(t, `\n  /may: ${route("on-request")}\n  /not: ${route("false")}`);
  const ask = ["-H", "urocket-log-stdout: true", "-d", "x"];
  await curl(`${url}/not`, ...ask);
  await curl(`${url}/may`, "-d", "x");
  const { headers } = await curl(`${url}/may`, ...ask);
  const line = await log.find({ msg: "printed by /may" });
  assert.equal(line.request_id, headers["urocket-request-id"]);
  assert.equal(log.lines.filter(({ msg }) => String(msg).startsWith("printed by")).length, 1);
});

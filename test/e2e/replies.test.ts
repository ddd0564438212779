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

test("what a process prints is the answer, of the type of the route and up to the limit of answers", async (t) => {
  const route = (bytes: number) => `{cmd: ${shell(`head -c ${bytes} /dev/zero`)}, reply: stdout, contenttype: a/b}`;
  const { url } = await startGateway(
    t,
    `\n  /most:\n    get: ${route(100_000)}\n  /more:\n    get: ${route(100_001)}`,
    {
      top: "limits: {reply: 100000}",
    },
  );
  const { status, headers, body } = await curl(`${url}/most`);
  assert.deepEqual([status, headers["content-type"], body.length], [200, "a/b", 100_000]);
  const more = await curl(`${url}/more`);
  assert.deepEqual([more.status, JSON.parse(more.text).code], [502, "answer-refused"]);
});

test("only where somebody may still answer does a process leave others behind that carry on its work", async (t) => {
  const script = shell("sleep 60 >/dev/null 2>&1 & echo told");
  const { url, socket, log } = await startGateway(
    t,
    `
  /posted: {post: {cmd: ${script}}}
  /printed: {post: {cmd: ${script}, reply: stdout}}
  /refused: {post: {cmd: ${script}, onexit: error}}
  /reported: {post: {cmd: ${script}, onexit: report}}`,
  );
  for (const [path, status] of Object.entries({ printed: 200, refused: 502, reported: 200 })) {
    assert.equal((await curl(`${url}/${path}`, "-d", "x")).status, status);
    await until(`nothing of /${path} to be left`, () => processesOf(socket).length === 0);
  }
  const caller = startCurl(`${url}/posted`, "-d", "x");
  const id = await log.stored("/posted");
  await log.find({ request_id: id, msg: "process ended: exit code 0" });
  assert.equal(processesOf(socket).length, 1);
  assert.equal((await answer(socket, `/urhttp/${id}`, "-d", "by another")).status, 200);
  assert.equal((await caller.done).text, "by another");
  caller.child.kill();
  process.kill(processesOf(socket)[0] as number);
});

test("the figures count what was printed, whether it is kept or not", async (t) => {
  const script = shell("printf 12345; printf 123 >&2; exit 1");
  const rest = "stats: true, timeout: 20s";
  const { url } = await startGateway(
    t,
    `
  /socket: {get: {cmd: ${script}, ${rest}}}
  /logged: {get: {cmd: ${script}, logstdout: true, ${rest}}}
  /stdout: {get: {cmd: ${script}, reply: stdout, ${rest}}}
  /report: {get: {cmd: ${script}, reply: report, ${rest}}}`,
  );
  for (const path of ["socket", "logged", "stdout", "report"]) {
    const { status, headers } = await curl(`${url}/${path}`);
    const stats = JSON.parse(headers["urocket-stats"] ?? "{}");
    assert.deepEqual([status, stats.stdout, stats.stderr, stats.exit.code], [502, 5, 3, 1], path);
    assert.match(headers["server-timing"] ?? "", /^queue;dur=[\d.]+, spawn;dur=[\d.]+, run;dur=[\d.]+$/);
  }
});

test("output that nobody asked for does not stop a process, however much of it there is", async (t) => {
  const script = shell("head -c 3000000 /dev/zero; exit 3");
  const { url } = await startGateway(t, `\n  /a: {get: {cmd: ${script}}}\n  /b: {get: {cmd: ${script}, stats: true}}`);
  assert.equal(JSON.parse((await curl(`${url}/a`)).text).exit_code, 3);
  const { headers } = await curl(`${url}/b`);
  assert.equal(JSON.parse(headers["urocket-stats"] ?? "{}").stdout, 3_000_000);
});

test("a caller that was told to come back gets the posted answer, with its own status and headers", async (t) => {
  const post = 'curl -sS --unix-socket "$UROCKET_SOCKET" "http://u/urhttp/$REQUEST_ID"';
  const script = `while [ ! -e go ]; do sleep 0.02; done; ${post} -H urocket-status:201 -H urocket-h-x:1 -d made`;
  const { url, directory } = await startGateway(t, `\n  /job: {post: {cmd: ${shell(script)}, wd: ., reply: accepted}}`);
  const told = await curl(`${url}/job`, "-d", "x");
  assert.deepEqual([told.status, JSON.parse(told.text).state], [202, "accepted"]);
  const result = `${url}${told.headers.location}`;
  const early = await curl(result);
  assert.deepEqual([early.status, early.headers["retry-after"], JSON.parse(early.text).state], [202, "1", "running"]);
  writeFileSync(join(directory, "go"), "");
  const made = await until("the result", async () => {
    const got = await curl(result);
    return got.status === 202 ? undefined : got;
  });
  assert.deepEqual([made.status, made.headers.x, made.text], [201, "1", "made"]);
});

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answer, curl, startCurl } from "../helpers/curl.ts";
import { ANSWER, TELL, words } from "../helpers/fixtures.ts";
import { type RunningGateway, startGateway } from "../helpers/gateway.ts";
import { until } from "../helpers/until.ts";

const ECHO = `\n  /a:\n    post: {cmd: ${words(...ANSWER)}, timeout: 20s}`;
const IN_FORCE = "the configuration was read again and is in force";
const REFUSED = "the configuration was read again and refused: the old one stays in force";

/** Changes the configuration, tells the gateway, and waits until it has said what it made of it, `n` times so far. */
async function reload(
  gateway: RunningGateway,
  change: (text: string) => string,
  outcome: string = IN_FORCE,
  n = 1,
): Promise<void> {
  const file = join(gateway.directory, "service.yaml");
  writeFileSync(file, change(readFileSync(file, "utf8")));
  gateway.signal("SIGHUP");
  await until(`reload ${n}: ${outcome}`, () => gateway.log.lines.filter(({ msg }) => msg === outcome).length >= n);
}

test("after SIGHUP new messages find the new routes, and the gateway has not stopped meanwhile", async (t) => {
  const gateway = await startGateway(t, ECHO);
  assert.equal((await curl(`${gateway.url}/b`, "-d", "x")).status, 404);
  await reload(gateway, (text) => text.replace("/a:", "/b:"));
  assert.equal((await curl(`${gateway.url}/a`, "-d", "x")).status, 404);
  assert.equal((await curl(`${gateway.url}/b`, "-d", "x")).text, "x");
});

test("a message on its way ends under the configuration that it found", async (t) => {
  const waits = "\n  /a:\n    post: {cmd: /bin/true, onexit: wait}";
  const gateway = await startGateway(t, waits);
  const caller = startCurl(`${gateway.url}/a`, "-d", "x");
  const id = await gateway.log.stored("/a");
  await reload(gateway, (text) => text.replace("/a:", "/b:").replace("onexit: wait", "onexit: error"));
  assert.equal((await curl(`${gateway.url}/b`, "-d", "x")).status, 502);
  assert.equal((await answer(gateway.socket, `/urhttp/${id}`, "-d", "late")).status, 200);
  assert.equal((await caller.done).text, "late");
});

test("no request is lost while the configuration is read again and again", async (t) => {
  const gateway = await startGateway(t, ECHO, { log: "info" });
  let done = false;
  let answered = 0;
  const callers = Array.from({ length: 3 }, async () => {
    while (!done) {
      assert.equal((await curl(`${gateway.url}/a`, "-d", "x")).text, "x");
      answered++;
    }
  });
  for (let n = 1; n <= 20; n++) await reload(gateway, (text) => text, IN_FORCE, n);
  await until("some answers", () => answered > 10);
  done = true;
  await Promise.all(callers);
});

test("limits, secrets, files of variables and the grace are those of the new configuration", async (t) => {
  const gateway = await startGateway(
    t,
    `
  /a:
    post: {cmd: ${words(...TELL)}, timeout: 20s, auth: {type: bearer, secretfile: token}}`,
    { top: "envfile: a.env", files: { token: "old", "a.env": "WHEN=before" } },
  );
  const call = (secret: string, body: string) =>
    curl(`${gateway.url}/a`, "-H", `Authorization: Bearer ${secret}`, "-d", body);
  assert.equal(JSON.parse((await call("old", "0123456789")).text).env.WHEN, "before");
  writeFileSync(join(gateway.directory, "token"), "new");
  writeFileSync(join(gateway.directory, "a.env"), "WHEN=after");
  assert.equal((await call("new", "x")).status, 401);
  await reload(gateway, (text) => `grace: 123\nlimits: {body: 5}\n${text}`);
  assert.equal((await call("old", "x")).status, 401);
  assert.equal(JSON.parse((await call("new", "x")).text).env.WHEN, "after");
  assert.equal((await call("new", "0123456789")).status, 413);
  gateway.signal("SIGTERM");
  await gateway.log.find({ signal: "SIGTERM", grace_ms: 123 });
  await gateway.exited;
});

test("a configuration with mistakes is refused with each of them in the log, and the old one stays", async (t) => {
  const gateway = await startGateway(t, ECHO);
  const file = join(gateway.directory, "service.yaml");
  const before = readFileSync(file, "utf8");
  await reload(gateway, (text) => `nonsense: 1\n${text}`.replace("20s", "never"), REFUSED);
  await gateway.log.find({
    msg: new RegExp(`^${file}:1:1: expected a key of the configuration`),
    code: "config-invalid",
  });
  await gateway.log.find({ msg: /^.*service.yaml:\d+:\d+: expected `timeout` to be a duration.*, got "never"$/ });
  assert.equal((await curl(`${gateway.url}/a`, "-d", "x")).text, "x");
  const lacking = before.replace("timeout: 20s", "timeout: 20s, auth: {type: bearer, secretfile: absent}");
  await reload(gateway, () => lacking, REFUSED, 2);
  await gateway.log.find({ msg: /service.yaml:\d+:\d+: expected the secret file to be readable, got ENOENT/ });
  assert.equal((await curl(`${gateway.url}/a`, "-d", "x")).text, "x");
  await reload(gateway, () => before);
});

test("what only a restart changes is named, and stays as it was", async (t) => {
  const gateway = await startGateway(t, ECHO);
  const other = join(gateway.directory, "other.sock");
  await reload(gateway, (text) =>
    `limits: {headers: 20000}\nsocketmode: "0660"\n${text}`
      .replace("port: 0", "port: 1")
      .replace(gateway.socket, other)
      .replace("/a:", "/b:"),
  );
  for (const setting of ["port", "socketpath", "socketmode", "limits.headers"]) {
    const { msg } = await gateway.log.find({ setting });
    assert.equal(msg, `expected \`${setting}\` as it was at the start, got another: it needs a restart`);
  }
  assert.equal(gateway.log.lines.filter(({ setting }) => setting !== undefined).length, 4);
  assert.equal((await curl(`${gateway.url}/b`, "-d", "x")).text, "x");
});

test("SIGUSR1 opens no debugger", async (t) => {
  const gateway = await startGateway(t, ECHO);
  gateway.signal("SIGUSR1");
  await reload(gateway, (text) => text);
  assert.equal(gateway.stderr(), "");
});

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { curl, startCurl } from "../helpers/curl.ts";
import { SLEEP } from "../helpers/fixtures.ts";
import { type GatewaySettings, startGateway } from "../helpers/gateway.ts";
import { until } from "../helpers/until.ts";

const ROUTES = `
  /true:
    get: {cmd: /bin/true, reply: report}
  /sleep:
    get: {cmd: ${SLEEP}, timeout: 1m}
  /env:
    get: {cmd: printenv, channel: stdin, reply: stdout}`;

/** A gateway with an admin port, and where that is. */
async function start(t: TestContext, settings: GatewaySettings = {}, admin = "{port: 0}") {
  const top = `admin: ${admin}\n${settings.top ?? ""}`;
  const gateway = await startGateway(t, ROUTES, { ...settings, top });
  const line =
    gateway.log.lines.find(({ admin: url }) => url !== undefined) ?? (await gateway.log.find({ admin: /^http/ }));
  const url = new URL(String(line.admin));
  return { gateway, origin: url.origin, token: url.searchParams.get("token") ?? "" };
}

test("the log tells where the admin port is, with a token of its own for this start", async (t) => {
  const { gateway, token } = await start(t);
  assert.match(token, /^[\w-]{32}$/);
  const { msg } = await gateway.log.find({ admin: /^http/ });
  assert.match(String(msg), /^operators look at http:\/\/127\.0\.0\.1:\d+\/\?token=/);
});

test("a token of the configuration is not told, and no process gets its variable", async (t) => {
  const secret = "a-token-of-the-configuration";
  const { gateway, origin, token } = await start(
    t,
    { env: { ADMIN_TOKEN: secret, ADMIN_OTHER: "1" }, top: 'passenv: ["ADMIN_*"]' },
    "{port: 0, tokenenv: ADMIN_TOKEN}",
  );
  assert.equal(token, "");
  const { text } = await curl(`${gateway.url}/env`);
  assert.match(text, /^ADMIN_OTHER=1$/m);
  assert.equal(text.includes(secret), false);
  await curl(`${origin}/readyz?token=${secret}`);
  assert.equal(JSON.stringify(gateway.log.lines).includes(secret), false);
});

test("it lives and is ready, and says when it takes no more", async (t) => {
  const { gateway, origin } = await start(t, { top: "limits: {processes: 1, queue: 0}" });
  assert.deepEqual(JSON.parse((await curl(`${origin}/livez`)).text), { status: "alive" });
  const ready = await curl(`${origin}/readyz`);
  assert.deepEqual([ready.status, JSON.parse(ready.text)], [200, { status: "ready", running: 0, queued: 0 }]);
  const caller = startCurl(`${gateway.url}/sleep`);
  await gateway.log.stored("/sleep");
  const saturated = await curl(`${origin}/readyz`);
  assert.equal(saturated.status, 503);
  assert.deepEqual(JSON.parse(saturated.text), {
    status: "saturated",
    reason: "every process slot is taken and the line is full",
    running: 1,
    queued: 0,
  });
  caller.child.kill();
  await caller.done.catch(() => {});
  await until("the slot to be free", async () => (await curl(`${origin}/readyz`)).status === 200);
});

test("while it drains it is not ready, and the admin port stays until the end", async (t) => {
  const { gateway, origin } = await start(t, { top: "grace: 60s" });
  const caller = startCurl(`${gateway.url}/sleep`);
  await gateway.log.stored("/sleep");
  gateway.signal("SIGTERM");
  await gateway.log.find({ signal: "SIGTERM" });
  const { status, text } = await curl(`${origin}/readyz`);
  assert.deepEqual([status, JSON.parse(text).status], [503, "draining"]);
  assert.equal((await curl(`${origin}/livez`)).status, 200);
  caller.child.kill();
  await caller.done.catch(() => {});
  assert.deepEqual(await gateway.exited, { code: 0, signal: null });
});

test("a reload leaves the port open, reads the token again and says what needs a restart", async (t) => {
  const files = { token: "the-first-token-of-all\n" };
  const { gateway, origin } = await start(t, { files }, "{port: 0, tokenfile: token}");
  const file = join(gateway.directory, "service.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("{port: 0,", "{port: 1,"));
  gateway.signal("SIGHUP");
  await gateway.log.find({ setting: "admin" });
  assert.equal((await curl(`${origin}/livez`)).status, 200);
  writeFileSync(join(gateway.directory, "token"), "short\n");
  gateway.signal("SIGHUP");
  await gateway.log.find({ msg: /expected the token of `admin` to be at least 16 letters.*, got 5 characters/ });
  assert.equal((await curl(`${origin}/livez`)).status, 200);
});

test("without `admin` in the configuration there is no such port", async (t) => {
  const { log } = await startGateway(t, ROUTES);
  assert.equal(
    log.lines.some(({ admin }) => admin !== undefined),
    false,
  );
});

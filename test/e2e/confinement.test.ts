import assert from "node:assert/strict";
import { test } from "node:test";
import { probe } from "../../lib/process/index.ts";
import { curl } from "../helpers/curl.ts";
import { words } from "../helpers/fixtures.ts";
import { startGateway } from "../helpers/gateway.ts";

const shell = (script: string): string => words("/bin/sh", "-c", script);

test("a process has the umask, niceness, limits and no_new_privs of its route, and another route's has not", async (t) => {
  const show = shell("umask; nice; ulimit -Sn; ulimit -Hn; ulimit -c; sed -n 's/^NoNewPrivs:.//p' /proc/self/status");
  const plain = `cmd: ${show}, reply: stdout, timeout: 20s`;
  const { url } = await startGateway(
    t,
    `
  /plain: {get: {${plain}}}
  /bound: {get: {${plain}, umask: "077", nice: 7, rlimits: {nofile: {soft: 50, hard: 60}, core: 0}, nonewprivs: true}}`,
  );
  const lines = async (path: string) => (await curl(`${url}${path}`)).text.trimEnd().split("\n");
  assert.deepEqual(await lines("/bound"), ["0077", "7", "50", "60", "0", "1"]);
  const [, nice, soft, , , noNewPrivs] = await lines("/plain");
  assert.notEqual(nice, "7");
  assert.ok(Number(soft) > 60 && Number(soft) <= 1024, soft);
  assert.equal(noNewPrivs, "0");
});

test("a process runs as the user and group of its route, and does not start as one that this system does not know", {
  skip: probe().setuid ? false : "only a privileged program can start processes as somebody else",
}, async (t) => {
  const show = shell("id -u; id -g; id -G");
  const { url } = await startGateway(
    t,
    `
  /user: {get: {cmd: ${show}, reply: stdout, timeout: 20s, wd: /, user: 12345, group: 54321}}
  /stranger: {get: {cmd: ${show}, reply: stdout, wd: /, user: no-such-user}}`,
  );
  assert.equal((await curl(`${url}/user`)).text, "12345\n54321\n54321\n");
  const stranger = await curl(`${url}/stranger`);
  const { code, step, detail } = JSON.parse(stranger.text);
  assert.deepEqual([stranger.status, code, step], [502, "spawn-failed", "specification"]);
  assert.equal(detail, 'expected `user` to be a user of this system, got "no-such-user"');
});

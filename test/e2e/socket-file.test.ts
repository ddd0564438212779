import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startGateway } from "../helpers/gateway.ts";
import { runProgram } from "../helpers/program.ts";

const ROUTES = "\n  /a:\n    post: {cmd: /bin/true}";

test("the socket file is for its owner alone, unless socketmode says otherwise", async (t) => {
  const owner = await startGateway(t, ROUTES);
  assert.equal(statSync(owner.socket).mode & 0o7777, 0o600);
  const group = await startGateway(t, ROUTES, { top: 'socketmode: "0660"' });
  assert.equal(statSync(group.socket).mode & 0o7777, 0o660);
});

test("a gateway refuses to start where another answers on the socket, and leaves it alone", async (t) => {
  const { socket, directory } = await startGateway(t, ROUTES);
  const file = join(directory, "second.yaml");
  writeFileSync(file, `port: 0\nsocketpath: ${socket}\npaths:${ROUTES}\n`);
  const { ino } = statSync(socket);
  const { code, stdout, stderr } = await runProgram("-c", file);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^urocket: expected `socketpath` to be free or a stale socket, got one that somebody answers on: .*\n$/,
  );
  assert.equal(stdout, "");
  assert.equal(statSync(socket).ino, ino);
});

test("a stale socket file, left by a gateway that was killed, does not keep the next one from starting", async (t) => {
  const first = await startGateway(t, ROUTES);
  first.signal("SIGKILL");
  await first.exited;
  assert.equal(statSync(first.socket).isSocket(), true);
  const second = await startGateway(t, ROUTES, { socket: first.socket });
  second.signal("SIGTERM");
  assert.equal((await second.exited).code, 0);
});

test("a file that is not a socket is left alone", async (t) => {
  const { directory } = await startGateway(t, ROUTES);
  const precious = join(directory, "precious");
  writeFileSync(precious, "data");
  const file = join(directory, "second.yaml");
  writeFileSync(file, `port: 0\nsocketpath: ${precious}\npaths:${ROUTES}\n`);
  const { code, stderr } = await runProgram("-c", file);
  assert.equal(code, 1);
  assert.equal(stderr, `urocket: expected \`socketpath\` to be free or a stale socket, got ${precious}\n`);
  assert.equal(statSync(precious).size, 4);
});

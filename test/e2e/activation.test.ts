import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { builtProgram } from "../helpers/built.ts";
import { certificate } from "../helpers/certificate.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { curl, startCurl } from "../helpers/curl.ts";
import { ANSWER, words } from "../helpers/fixtures.ts";
import { handOver } from "../helpers/hand-over.ts";
import { LogLines } from "../helpers/log-lines.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { until } from "../helpers/until.ts";

const PATHS = `\npaths:\n  /a:\n    post: {cmd: ${words(...ANSWER)}, timeout: 20s}`;

test("systemd's own activation starts the gateway with the first connection, and that one is answered", async (t) => {
  const directory = temporaryDirectory(t);
  const file = join(directory, "service.yaml");
  writeFileSync(file, `port: 1\nsocketpath: u.sock\nlog: {format: json}${PATHS}`);
  const port = await freePort();
  const command = [process.execPath, builtProgram(), "run", "-c", file];
  const child = spawn("systemd-socket-activate", ["-l", `127.0.0.1:${port}`, ...command], { stdio: "pipe" });
  const ended = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
  cleanUp(t, async () => {
    child.kill("SIGTERM");
    assert.equal(await ended, 0);
  });
  const log = new LogLines(child.stdout);
  await until("the socket", () => listens(port));
  const { status, text } = await curl(`http://127.0.0.1:${port}/a`, "-d", "hello");
  assert.deepEqual([status, text], [200, "hello"]);
  await log.find({ url: `http://127.0.0.1:${port}` });
});

test("front and back are taken over, and what comes between two gateways waits for the second", async (t) => {
  const directory = temporaryDirectory(t);
  const back = join(directory, "u.sock");
  const manager = await handOver(t, directory, `socketpath: ${back}${PATHS}`, `back=${back}`, "front=127.0.0.1:0");
  const url = `http://127.0.0.1:${manager.ports[0]}/a`;
  const first = startCurl(url, "-d", "before the first");
  const pid = await manager.start();
  assert.equal((await first.done).text, "before the first");
  process.kill(pid, "SIGTERM");
  assert.equal(await manager.ended(0), 0);
  assert.ok(existsSync(back), "the socket file belongs to whoever made it");
  const between = startCurl(url, "-d", "between");
  await manager.start();
  assert.equal((await between.done).text, "between");
  for (let n = 0; n < 20; n++) assert.equal((await curl(url, "-d", `${n}`)).text, `${n}`);
});

test("a front on a unix socket, or on IPv6, or with TLS, is taken over as well", async (t) => {
  const { cert, key } = certificate(t);
  const directory = temporaryDirectory(t);
  const path = join(directory, "front.sock");
  const unix = await handOver(t, directory, `socketpath: one.sock${PATHS}`, `front=${path}`);
  await unix.start();
  assert.equal((await curl("--unix-socket", path, "http://x/a", "-d", "x")).text, "x");
  const line = await unix.log.find({ msg: /^try: / });
  assert.match(String(line.msg), new RegExp(`curl -X POST --unix-socket '${path}' 'http://localhost/a'`));

  const tls = `tls: {cert: ${cert}, key: ${key}}`;
  const v6 = await handOver(t, temporaryDirectory(t), `socketpath: two.sock\n${tls}${PATHS}`, "front=[::1]:0");
  await v6.start();
  const url = `https://localhost:${v6.ports[0]}`;
  assert.equal((await curl("--cacert", cert, "-6", `${url}/a`, "-d", "x")).text, "x");
  await v6.log.find({ url: `https://[::1]:${v6.ports[0]}` });
});

test("sockets that can't be used are refused before anything starts: exit code 1 and one line", async (t) => {
  const directory = temporaryDirectory(t);
  const other = join(directory, "other.sock");
  const manager = await handOver(t, directory, `port: 0\nsocketpath: u.sock${PATHS}`, `back=${other}`);
  await manager.start();
  assert.equal(await manager.ended(0), 1);
  const expected = `expected the socket for the back at ${join(directory, "u.sock")}, got ${other}`;
  assert.equal(manager.stderr(), `urocket: ${expected}\n`);
});

/** A port that nobody listens on just now. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Whether somebody listens there; a connection to find out would start the gateway. */
function listens(port: number): boolean {
  const LISTEN = "0A";
  const address = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return readFileSync("/proc/net/tcp", "utf8").includes(`${address} 00000000:0000 ${LISTEN}`);
}

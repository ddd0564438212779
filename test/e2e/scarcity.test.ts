import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { cleanUp } from "../helpers/clean-up.ts";
import { curl } from "../helpers/curl.ts";
import { startGateway } from "../helpers/gateway.ts";
import { openDescriptors } from "../helpers/leaks.ts";
import { parseResponse, Wire } from "../helpers/wire.ts";

const ECHO = "\n  /a:\n    post: {cmd: [/bin/echo], reply: stdout, timeout: 20s}";

/** Sets the bound on a running process's descriptors. */
function boundDescriptors(pid: number, most: number): void {
  const { status, stderr } = spawnSync("prlimit", [`--pid=${pid}`, `--nofile=${most}:`], { encoding: "utf8" });
  assert.deepEqual([status, stderr], [0, ""]);
}

/** The smallest number that is no descriptor of the process: with it as the bound, there is none to be had. */
function firstFree(pid: number): number {
  const open = openDescriptors(pid);
  let free = 0;
  while (open.has(String(free))) free++;
  return free;
}

test("without descriptors callers get 503 and when to come again, and once there are some it goes on", async (t) => {
  const { url, pid } = await startGateway(t, ECHO);
  const { hostname: host, port } = new URL(url);
  // Connected before there are none left.
  const wire = new Wire({ host, port: Number(port) });
  cleanUp(t, () => wire.hangUp());
  const ask = () => wire.send("POST /a HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\nhi");
  ask();
  await wire.expect("hi\n");
  const first = wire.received.length;
  boundDescriptors(pid, firstFree(pid));
  ask();
  await wire.expect('"errno":"EMFILE"');
  const { status, headers, body } = parseResponse(Buffer.from(wire.received.slice(first), "latin1"));
  const { code, step } = JSON.parse(body.toString());
  assert.deepEqual([status, headers["retry-after"], code, typeof step], [503, "1", "spawn-unavailable", "string"]);
  boundDescriptors(pid, 1000);
  assert.equal((await curl(`${url}/a`, "-d", "again")).text, "again\n");
});

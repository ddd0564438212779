import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { describeSocket, replaceListener, sendDatagram } from "../../lib/process/sockets.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { receiveDatagrams } from "../helpers/datagrams.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { until } from "../helpers/until.ts";

test("a datagram reaches a socket at a path, whole", async (t) => {
  const address = join(temporaryDirectory(t), "notify");
  const received = await receiveDatagrams(t, address);
  assert.equal(sendDatagram(address, "READY=1\nSTATUS=grün"), undefined);
  await until("the datagram", () => received.length === 1);
  assert.equal(received[0], "READY=1\nSTATUS=grün");
});

test("a datagram reaches a socket with an abstract name", async (t) => {
  const address = `@urocket/${randomUUID()}`;
  const received = await receiveDatagrams(t, address);
  assert.equal(sendDatagram(address, "READY=1"), undefined);
  await until("the datagram", () => received.length === 1);
});

test("a datagram that nobody takes fails with the name of the errno", (t) => {
  const absent = join(temporaryDirectory(t), "absent");
  assert.equal(sendDatagram(absent, "x"), "ENOENT");
  assert.equal(sendDatagram(`@urocket/${randomUUID()}`, "x"), "ECONNREFUSED");
  assert.equal(sendDatagram(`/${"x".repeat(108)}`, "x"), "ENAMETOOLONG");
  assert.equal(sendDatagram("", "x"), "ENAMETOOLONG");
});

test("a listening socket is described by its family and its place", async (t) => {
  const path = join(temporaryDirectory(t), "s");
  const tcp = { stream: true, listening: true };
  const v4 = await listen(t, { host: "127.0.0.1", port: 0 });
  assert.deepEqual(describeSocket(v4.fd), { ...tcp, family: "ipv4", address: "127.0.0.1", port: v4.port });
  const v6 = await listen(t, { host: "::1", port: 0 });
  assert.deepEqual(describeSocket(v6.fd), { ...tcp, family: "ipv6", address: "::1", port: v6.port });
  const unix = await listen(t, { path });
  assert.deepEqual(describeSocket(unix.fd), { ...tcp, family: "unix", address: path, port: 0 });
});

test("a descriptor that is closed or no socket is none", () => {
  const fd = openSync("/dev/null", "r");
  assert.equal(describeSocket(fd), undefined);
  closeSync(fd);
  assert.equal(describeSocket(fd), undefined);
});

test("without a listener of ours at the port nothing is replaced", async (t) => {
  const other = await listen(t, { host: "127.0.0.1", port: 0 });
  const { port } = await listen(t, { host: "::1", port: 0 });
  assert.equal(replaceListener(port, other.fd), "ENOENT");
  assert.equal(describeSocket(other.fd)?.listening, true);
});

interface Listening {
  readonly fd: number;
  readonly port: number;
}

async function listen(t: TestContext, where: { host: string; port: number } | { path: string }): Promise<Listening> {
  const server = createServer().listen(where);
  await once(server, "listening");
  cleanUp(t, () => server.close());
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { fd: descriptorOf(server), port };
}

/** Node hides it, and there is no other way to learn it. */
function descriptorOf(server: Server): number {
  return (server as unknown as { _handle: { fd: number } })._handle.fd;
}

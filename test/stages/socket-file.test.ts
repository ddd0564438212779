import assert from "node:assert/strict";
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { ErrorCode } from "../../lib/core/errors.ts";
import { UrocketError } from "../../lib/core/errors.ts";
import { HyperServer } from "../../lib/stages/hyper.ts";
import { createSocketFile } from "../../lib/stages/socket-file.ts";
import { cleanUp } from "../helpers/clean-up.ts";

async function directory(t: TestContext): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "urocket-"));
  cleanUp(t, () => rm(made, { recursive: true }));
  return made;
}

/** A server of ours to bind, and what it was bound to. */
function listener(t: TestContext) {
  const receiver = { receive: () => {}, refuse: () => {}, left: () => {} };
  const server = new HyperServer({ receiver, bodyLimit: 0, identify: () => "" });
  cleanUp(t, () => server.close(0));
  return (path: string) => server.listenUnix(path);
}

async function create(t: TestContext, path: string, mode = 0o600) {
  return createSocketFile(path, { mode }, listener(t));
}

async function refused(t: TestContext, path: string, code: ErrorCode, message: RegExp): Promise<void> {
  await assert.rejects(create(t, path), (error: unknown) => {
    assert.ok(error instanceof UrocketError);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
}

/** Listens with node's own server; `leave` keeps the file when it closes, as a killed process would. */
async function stranger(t: TestContext, path: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(path, resolve));
  cleanUp(t, () => server.close());
  return server;
}

/** A socket file that nobody listens on any more. */
async function stale(path: string): Promise<void> {
  const receiver = { receive: () => {}, refuse: () => {}, left: () => {} };
  const server = new HyperServer({ receiver, bodyLimit: 0, identify: () => "" });
  await createSocketFile(path, { mode: 0o600 }, (born) => server.listenUnix(born));
  await server.close(0);
  assert.equal(statSync(path).isSocket(), true);
}

/** Whether somebody answers on a socket. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

for (const mode of [0o600, 0o660, 0o666]) {
  test(`the socket file has the mode it should have, whatever the umask: ${mode.toString(8)}`, async (t) => {
    const path = join(await directory(t), "s.sock");
    const before = process.umask(0o777);
    try {
      await create(t, path, mode);
    } finally {
      process.umask(before);
    }
    assert.equal(statSync(path).mode & 0o7777, mode);
  });
}

test("while it is made, the socket stands where nobody else may enter", async (t) => {
  const dir = await directory(t);
  const path = join(dir, "s.sock");
  const before = process.umask(0);
  const listen = listener(t);
  let modes: number[] = [];
  try {
    await createSocketFile(path, { mode: 0o600 }, (born) => {
      const bound = listen(born);
      modes = readdirSync(dir).map((name) => statSync(join(dir, name)).mode & 0o7777);
      return bound;
    });
  } finally {
    process.umask(before);
  }
  assert.deepEqual(modes, [0o700]);
  assert.deepEqual(readdirSync(dir), ["s.sock"]);
});

test("a stale socket is replaced", async (t) => {
  const path = join(await directory(t), "s.sock");
  await stale(path);
  assert.equal(await answers(path), false);
  await create(t, path);
  assert.equal(await answers(path), true);
});

test("a socket that somebody answers on is left alone", async (t) => {
  const path = join(await directory(t), "s.sock");
  await stranger(t, path);
  const { ino } = statSync(path);
  await refused(t, path, "socket-in-use", /got one that somebody answers on: /);
  assert.equal(statSync(path).ino, ino);
});

test("of two gateways that start at once only one gets the path", async (t) => {
  const path = join(await directory(t), "s.sock");
  await stale(path);
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => create(t, path)));
  assert.equal(results.filter(({ status }) => status === "fulfilled").length, 1);
  for (const result of results) if (result.status === "rejected") assert.equal(result.reason.code, "socket-in-use");
});

test("what is not a socket is left alone", async (t) => {
  const dir = await directory(t);
  writeFileSync(join(dir, "file"), "precious");
  mkdirSync(join(dir, "folder"));
  await stranger(t, join(dir, "other"));
  symlinkSync(join(dir, "other"), join(dir, "link"));
  for (const name of ["file", "folder", "link"]) {
    await refused(
      t,
      join(dir, name),
      "socket-path-taken",
      /^expected `socketpath` to be free or a stale socket, got \//,
    );
  }
  assert.deepEqual(readdirSync(dir).sort(), ["file", "folder", "link", "other"]);
});

test("a path longer than a socket can have is a clear error", async (t) => {
  const dir = await directory(t);
  const path = join(dir, "x".repeat(107 - dir.length));
  await refused(
    t,
    path,
    "listen-failed",
    /expected `socketpath` to fit the 107 bytes that unix sockets allow, got 108: /,
  );
  await create(t, path.slice(0, -1));
  assert.equal(statSync(path.slice(0, -1)).isSocket(), true);
});

test("a directory that does not exist is a clear error", async (t) => {
  const path = join(await directory(t), "none", "s.sock");
  await refused(t, path, "listen-failed", /expected the directory of `socketpath` to take new files, got ENOENT in \//);
});

test("a server that can't listen leaves nothing behind", async (t) => {
  const dir = await directory(t);
  await assert.rejects(
    createSocketFile(join(dir, "s.sock"), { mode: 0o600 }, () => false),
    /expected `socketpath` to be listened on/,
  );
  assert.deepEqual(readdirSync(dir), []);
});

test("remove takes our file away, and nobody else's", async (t) => {
  const path = join(await directory(t), "s.sock");
  const file = await create(t, path);
  file.remove();
  assert.equal(statSync(path, { throwIfNoEntry: false }), undefined);
  file.remove();
  await stranger(t, path);
  file.remove();
  assert.equal(statSync(path).isSocket(), true);
});

test("the socket belongs to the group that was asked for, and its members may answer", async (t) => {
  const path = join(await directory(t), "s.sock");
  // Whoever is not root may give a file to groups of its own only.
  const group = process.getuid?.() === 0 ? 12_345 : (process.getgroups?.().at(-1) ?? 0);
  await createSocketFile(path, { mode: 0o660, group }, listener(t));
  const { gid, mode } = statSync(path);
  assert.deepEqual([gid, mode & 0o777], [group, 0o660]);
});

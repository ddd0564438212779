import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { LineWriter } from "../../lib/observe/line-writer.ts";
import { cleanUp } from "../helpers/clean-up.ts";

test("a log on a full disk goes on when there is room again", async (t) => {
  const directory = mkdtempSync(join(tmpdir(), "urocket-"));
  cleanUp(t, () => {
    spawnSync("umount", ["--lazy", directory]);
    rmSync(directory, { recursive: true });
  });
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", directory]);
  if (mounted.status !== 0) return t.skip("this machine lets us mount nothing");
  const ballast = join(directory, "ballast");
  assert.throws(() => writeFileSync(ballast, Buffer.alloc(1 << 20)), { code: "ENOSPC" });
  const file = join(directory, "log");
  const fd = openSync(file, "a");
  const errors: unknown[] = [];
  const writer = new LineWriter({ fd, backlog: 1000, onError: (error) => errors.push(error), onDrained: () => {} });
  assert.equal(writer.write("one line\n"), true);
  writer.flushSync(50);
  assert.equal(readFileSync(file, "utf8"), "");
  assert.equal(writer.write("another\n"), true);
  rmSync(ballast);
  await writer.idle(60_000);
  closeSync(fd);
  assert.deepEqual(errors, []);
  assert.match(readFileSync(file, "utf8"), /another\n$/);
});

test("an end does not wait for room on a disk that stays full", async (t) => {
  const fd = openSync("/dev/full", "a");
  cleanUp(t, () => closeSync(fd));
  const writer = new LineWriter({ fd, backlog: 1000, onError: assert.ifError, onDrained: () => {} });
  assert.equal(writer.write("one line\n"), true);
  await writer.idle(1);
  assert.equal(writer.write("another\n"), false);
  await writer.idle(1);
});

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { closeSync, createReadStream, openSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cleanUp } from "../helpers/clean-up.ts";
import { command, ended, ending, printed, runCommand, runScript, supervise } from "../helpers/process-supervisor.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const CAT = ["/bin/cat"];
const ALL = { stdout: { capture: 8_000_000 } };

test("standard input is empty unless it is given", async (t) => {
  const record = await runScript(t, "readlink /proc/self/fd/0; cat");
  assert.equal(printed(record), "/dev/null\n");
  assert.equal(printed(await runCommand(t, CAT, { stdin: "null" })), "");
});

test("bytes arrive whole, whether a pipe holds them or not", async (t) => {
  for (const size of [0, 1, 65_535, 65_536, 65_537, 5_000_000]) {
    const stdin = randomBytes(size);
    const { stdout } = await runCommand(t, CAT, { ...ALL, stdin });
    assert.ok(stdout.data.equals(stdin), `expected the same ${size} bytes, got ${stdout.bytes}`);
  }
});

test("bytes may be a view of a larger memory", async (t) => {
  const whole = new TextEncoder().encode("before-payload-after");
  assert.equal(printed(await runCommand(t, CAT, { stdin: whole.subarray(7, 14) })), "payload");
});

test("a payload that spells one of the words of the interface is still a payload", async (t) => {
  for (const word of ["null", "pipe", "inherit"]) {
    assert.equal(printed(await runCommand(t, CAT, { stdin: Buffer.from(word) })), word);
  }
});

test("nobody waits for a process that does not read its bytes", async (t) => {
  const record = await runCommand(t, ["/bin/true"], { stdin: Buffer.alloc(5_000_000) });
  assert.deepEqual(ending(record), ended("exit", { code: 0 }));
});

test("bytes that do not fit a pipe are in a file that can't be changed", async (t) => {
  const script = "cat >/dev/null; echo more >&0 || echo refused; readlink /proc/self/fd/0";
  const record = await runScript(t, script, { stdin: Buffer.alloc(100_000) });
  assert.match(printed(record), /^refused\n\/memfd:/);
});

test("the bytes are those at the time of the call", async (t) => {
  const stdin = Buffer.from("before");
  const running = supervise(t).spawn(command(CAT, { stdin }));
  stdin.write("after!");
  assert.equal(printed(await running.exited), "before");
});

test("an inherited standard input is our own", async (t) => {
  const record = await runCommand(t, ["/bin/readlink", "/proc/self/fd/0"], { stdin: "inherit" });
  assert.equal(printed(record).trim(), readlinkSync("/proc/self/fd/0"));
});

test("a descriptor of ours is read, and may be closed as soon as the process is asked for", async (t) => {
  const file = join(temporaryDirectory(t), "file");
  writeFileSync(file, "from a file");
  const supervisor = supervise(t);
  const all = Array.from({ length: 50 }, () => {
    const fd = openSync(file, "r");
    const { exited } = supervisor.spawn(command(CAT, { stdin: { fd } }));
    closeSync(fd);
    return exited;
  });
  for (const record of await Promise.all(all)) assert.equal(printed(record), "from a file");
});

test("a descriptor that stays open is left open and untouched by us", async (t) => {
  const file = join(temporaryDirectory(t), "file");
  writeFileSync(file, "one\ntwo\n");
  const fd = openSync(file, "r");
  cleanUp(t, () => closeSync(fd));
  // dd reads no more than it is told: the two share one position in the file.
  const line = ["/bin/dd", "bs=4", "count=1", "status=none"];
  assert.equal(printed(await runCommand(t, line, { stdin: { fd } })), "one\n");
  assert.equal(printed(await runCommand(t, line, { stdin: { fd } })), "two\n");
});

test("a file stream is fed to the process", async (t) => {
  const file = join(temporaryDirectory(t), "file");
  const bytes = randomBytes(2_000_000);
  writeFileSync(file, bytes);
  const record = await runCommand(t, CAT, { ...ALL, stdin: createReadStream(file) });
  assert.ok(record.stdout.data.equals(bytes));
});

import assert from "node:assert/strict";
import { closeSync, openSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cleanUp } from "../helpers/clean-up.ts";
import { command, ended, ending, printed, runCommand, runScript, supervise } from "../helpers/process-supervisor.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const FLOOD = "dd if=/dev/zero bs=64K count=100 status=none";
const FLOOD_BYTES = 100 * 65_536;

test("both outputs are captured, each for itself", async (t) => {
  const { stdout, stderr } = await runScript(t, "printf out; printf error >&2; printf put");
  assert.deepEqual(stdout, { data: Buffer.from("output"), bytes: 6, truncated: false });
  assert.deepEqual(stderr, { data: Buffer.from("error"), bytes: 5, truncated: false });
});

test("captured bytes are what was written, whatever they are", async (t) => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const { stdout } = await runCommand(t, ["/bin/cat"], { stdin: all });
  assert.ok(stdout.data.equals(all));
});

test("64 KiB are kept unless told otherwise; the rest is counted, and the process never waits", async (t) => {
  const record = await runScript(t, `${FLOOD}; ${FLOOD} >&2`);
  assert.deepEqual(ending(record), ended("exit", { code: 0 }));
  for (const { data, bytes, truncated } of [record.stdout, record.stderr]) {
    assert.deepEqual([data.length, bytes, truncated], [65_536, FLOOD_BYTES, true]);
  }
});

test("a cap is kept to the byte: what just fits is not truncated", async (t) => {
  for (const [capture, kept, truncated] of [
    [0, "", true],
    [4, "1234", true],
    [5, "12345", false],
    [6, "12345", false],
  ] as const) {
    const { stdout } = await runScript(t, "printf 12345", { stdout: { capture } });
    assert.deepEqual(stdout, { data: Buffer.from(kept), bytes: 5, truncated });
  }
});

test("much output can be captured whole", async (t) => {
  const { stdout } = await runScript(t, FLOOD, { stdout: { capture: FLOOD_BYTES } });
  assert.deepEqual([stdout.data.length, stdout.bytes, stdout.truncated], [FLOOD_BYTES, FLOOD_BYTES, false]);
});

test("a process that closes its outputs and runs on is waited for", async (t) => {
  const record = await runScript(t, "printf x; exec >&- 2>&-; sleep 0.02; exit 4");
  assert.deepEqual(ending(record), ended("exit", { code: 4 }));
  assert.equal(printed(record), "x");
});

test("an output that nobody wants is /dev/null", async (t) => {
  const record = await runScript(t, "target=$(readlink /proc/$$/fd/1); echo $target >&2", { stdout: "null" });
  assert.deepEqual([record.stdout.bytes, record.stderr.data.toString()], [0, "/dev/null\n"]);
  const other = await runScript(t, "target=$(readlink /proc/$$/fd/2); echo $target", { stderr: "null" });
  assert.equal(printed(other), "/dev/null\n");
});

test("inherited outputs are our own", async (t) => {
  const script = "target=$(readlink /proc/$$/fd/1); echo $target >&2";
  const record = await runScript(t, script, { stdout: "inherit" });
  assert.equal(record.stderr.data.toString().trim(), readlinkSync("/proc/self/fd/1"));
  const other = await runScript(t, "target=$(readlink /proc/$$/fd/2); echo $target", { stderr: "inherit" });
  assert.equal(printed(other).trim(), readlinkSync("/proc/self/fd/2"));
});

test("outputs can go to descriptors of ours, also both to one, which may be closed at once", async (t) => {
  const file = join(temporaryDirectory(t), "log");
  const fd = openSync(file, "a");
  const script = "printf 1; printf 2 >&2; printf 3";
  const { exited } = supervise(t).spawn(command(["/bin/sh", "-c", script], { stdout: { fd }, stderr: { fd } }));
  closeSync(fd);
  const record = await exited;
  assert.equal(record.code, 0);
  assert.equal(readFileSync(file, "utf8"), "123");
  assert.deepEqual([record.stdout.bytes, record.stderr.bytes], [0, 0]);
});

test("merged, standard error goes where standard output goes, in the order of writing", async (t) => {
  const file = join(temporaryDirectory(t), "log");
  const fd = openSync(file, "a");
  cleanUp(t, () => closeSync(fd));
  const script = "printf 1; printf 2 >&2; printf 3; printf 4 >&2";
  const record = await runScript(t, script, { stderr: "merge" });
  assert.equal(printed(record), "1234");
  assert.equal(record.stderr.bytes, 0);
  await runScript(t, script, { stdout: { fd }, stderr: "merge" });
  assert.equal(readFileSync(file, "utf8"), "1234");
  const quiet = await runScript(t, "target=$(readlink /proc/$$/fd/2); echo $target >&3", {
    stdout: "null",
    stderr: "merge",
    fds: { 3: fd },
  });
  assert.equal(quiet.code, 0);
  assert.equal(readFileSync(file, "utf8"), "1234/dev/null\n");
});

test("further descriptors appear under the numbers they were promised", async (t) => {
  const directory = temporaryDirectory(t);
  const open = (name: string): number => {
    const fd = openSync(join(directory, name), "a");
    cleanUp(t, () => closeSync(fd));
    return fd;
  };
  const [a, b] = [open("a"), open("b")];
  // Each under the number of the other, among others.
  const fds = { [b]: a, [a]: b, 3: a, 1023: b };
  const script = `for n in ${a} ${b} 3 1023; do readlink /proc/$$/fd/$n; done`;
  const record = await runScript(t, script, { fds });
  assert.deepEqual(
    printed(record).trim().split("\n"),
    ["b", "a", "a", "b"].map((name) => join(directory, name)),
  );
});

test("a descriptor reaches its place although that is taken by another on its way to its own", async (t) => {
  const directory = temporaryDirectory(t);
  const [a, b] = ["a", "b"].map((name) => openSync(join(directory, name), "a")) as [number, number];
  cleanUp(t, () => {
    closeSync(a);
    closeSync(b);
  });
  // So many numbers that some of them are in use by us, whatever they are in use for.
  for (const first of [3, 20, 25, 30, 35, 40, 50]) {
    const numbers = Array.from({ length: 60 }, (_, n) => first + n);
    const fds = Object.fromEntries(numbers.map((n) => [n, n % 2 === 0 ? a : b]));
    const script = `cd /proc/$$/fd; readlink ${numbers.join(" ")}`;
    const record = await runScript(t, script, { fds, stdin: { fd: a }, stderr: { fd: b } });
    assert.deepEqual(
      printed(record).trim().split("\n"),
      numbers.map((n) => join(directory, n % 2 === 0 ? "a" : "b")),
    );
  }
});

test("a further descriptor may be standard output's own target, and be closed at once", async (t) => {
  const file = join(temporaryDirectory(t), "out");
  const fd = openSync(file, "a");
  const { exited } = supervise(t).spawn(
    command(["/bin/sh", "-c", "echo one; echo two >&7"], { stdout: { fd }, fds: { 7: fd } }),
  );
  closeSync(fd);
  await exited;
  assert.equal(readFileSync(file, "utf8"), "one\ntwo\n");
});

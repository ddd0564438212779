import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { ExitRecord } from "../../lib/process/index.ts";
import { command, ended, ending, type Rest, runCommand, supervise } from "../helpers/process-supervisor.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const TRUE = ["/bin/true"];

/** MAX_ARG_STRLEN of the kernel: 32 pages hold one argument and its NUL. */
const LONGEST_ARGUMENT = 131_072 - 1;

function assertFailed(record: ExitRecord, step: string, errno: string): void {
  assert.deepEqual(ending(record), ended("spawn-error", { step, errno }));
  assert.equal(record.pid, 0);
}

test("a program that does not exist: execve, ENOENT", async (t) => {
  assertFailed(await runCommand(t, ["/nonexistent"]), "execve", "ENOENT");
  assertFailed(await runCommand(t, ["no-such-program"]), "execve", "ENOENT");
  assertFailed(await runCommand(t, [""]), "execve", "ENOENT");
});

test("a file that may not be executed, or a directory: execve, EACCES", async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, "data"), "text");
  assertFailed(await runCommand(t, [join(directory, "data")]), "execve", "EACCES");
  assertFailed(await runCommand(t, [directory]), "execve", "EACCES");
});

test("a path that leads through a file: execve, ENOTDIR", async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, "file"), "");
  assertFailed(await runCommand(t, [join(directory, "file/program")]), "execve", "ENOTDIR");
});

test("a file that is no program: execve, ENOEXEC", async (t) => {
  const file = join(temporaryDirectory(t), "script");
  writeFileSync(file, "echo no interpreter line\n");
  chmodSync(file, 0o755);
  assertFailed(await runCommand(t, [file]), "execve", "ENOEXEC");
});

test("a script whose interpreter does not exist: execve, ENOENT", async (t) => {
  const file = join(temporaryDirectory(t), "script");
  writeFileSync(file, "#!/nonexistent/interpreter\n");
  chmodSync(file, 0o755);
  assertFailed(await runCommand(t, [file]), "execve", "ENOENT");
});

test("one argument of more than 128 KiB: execve, E2BIG; one below it is passed whole", async (t) => {
  const largest = "x".repeat(LONGEST_ARGUMENT);
  assertFailed(await runCommand(t, ["/bin/true", `${largest}x`]), "execve", "E2BIG");
  const record = await runCommand(t, ["/usr/bin/printf", "%s", largest], { stdout: { capture: 200_000 } });
  assert.equal(record.stdout.data.toString(), largest);
});

test("arguments and variables that are too large together: execve, E2BIG", async (t) => {
  const many = Array.from({ length: 100 }, () => "x".repeat(100_000));
  assertFailed(await runCommand(t, ["/bin/true", ...many]), "execve", "E2BIG");
  const env = many.map((value, n) => `V${n}=${value}`);
  assertFailed(await runCommand(t, TRUE, { env }), "execve", "E2BIG");
});

test("a working directory that does not exist, or is a file: chdir, ENOENT and ENOTDIR", async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, "file"), "");
  assertFailed(await runCommand(t, TRUE, { cwd: "/nonexistent" }), "chdir", "ENOENT");
  assertFailed(await runCommand(t, TRUE, { cwd: join(directory, "file") }), "chdir", "ENOTDIR");
});

test("a descriptor that is not open: EBADF, whichever one it is", async (t) => {
  const closed = 999;
  const fd = { fd: closed };
  const wrong: readonly Rest[] = [{ stdin: fd }, { stdout: fd }, { stderr: fd }, { fds: { 3: closed } }];
  for (const rest of wrong) {
    const record = await runCommand(t, TRUE, rest);
    assert.deepEqual([record.how, record.errno, record.pid], ["spawn-error", "EBADF", 0]);
  }
});

test("a failed start leaves nothing and delays nothing: times, usage and output are those of nothing", async (t) => {
  const before = Date.now();
  const record = await runCommand(t, ["/nonexistent"]);
  assert.ok(record.startedAt >= before - 1 && record.startedAt <= Date.now() + 1);
  assert.equal(record.run, 0);
  assert.ok(record.queued >= 0 && record.spawn > 0);
  const { maxrssExact, ...usage } = record.usage;
  assert.ok(Object.values(usage).every((figure) => figure === 0));
  assert.equal(maxrssExact, false);
  assert.deepEqual(record.stdout, { data: Buffer.alloc(0), bytes: 0, truncated: false });
  assert.deepEqual(record.stderr, record.stdout);
});

test("a process that never ran has no pid, and says so", async (t) => {
  const running = supervise(t).spawn(command(["/nonexistent"]));
  assert.equal(await running.started, undefined);
  assert.equal(running.pid, undefined);
  assert.equal(running.snapshot(), undefined);
});

test("three hundred failed starts in a row leave no descriptor and no zombie", async (t) => {
  const supervisor = supervise(t);
  const streams = { stdin: "pipe", stdout: "pipe", stderr: "pipe" } as const;
  for (let round = 0; round < 3; round++) {
    const all = Array.from({ length: 100 }, () => supervisor.spawn(command(["/nonexistent"], streams)).exited);
    for (const record of await Promise.all(all)) assertFailed(record, "execve", "ENOENT");
  }
});

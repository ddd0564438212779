import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { test } from "node:test";
import { command, ended, ending, runScript, sh, supervise } from "../helpers/process-supervisor.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

/** Signals that do nothing by default, and those that only stop: in a session of its own three of them not even that. */
const HARMLESS = ["SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH", "SIGTSTP", "SIGTTIN", "SIGTTOU"];

test("every exit code from 0 to 255 arrives as it is", async (t) => {
  const supervisor = supervise(t);
  const codes = Array.from({ length: 256 }, (_, code) => code);
  const records = await Promise.all(codes.map((code) => supervisor.spawn(sh("exit $1", {}, String(code))).exited));
  assert.deepEqual(
    records.map((record) => ending(record)),
    codes.map((code) => ended("exit", { code })),
  );
});

test("every signal that ends a process arrives by its name, real-time ones too", async (t) => {
  const supervisor = supervise(t);
  const names = Object.entries(constants.signals).filter(([name]) => ![...HARMLESS, "SIGSTOP"].includes(name));
  const usual = new Map(names.reverse().map(([name, number]) => [number, name]));
  const real = Array.from({ length: 31 }, (_, n): [number, string] => [34 + n, `SIGRTMIN+${n}`]);
  const inner: [number, string][] = [
    [32, "SIG32"],
    [33, "SIG33"],
  ];
  const all = [...usual, ...inner, ...real];
  const records = await Promise.all(
    all.map(([number]) => supervisor.spawn(sh("kill -$1 $$", { rlimits: { core: 0 } }, String(number))).exited),
  );
  assert.deepEqual(
    records.map((record) => ending(record)),
    all.map(([, signal]) => ended("signal", { signal: signal as NodeJS.Signals })),
  );
  assert.ok(records.every(({ coreDumped }) => !coreDumped));
});

test("a signal that does nothing by default does nothing", async (t) => {
  const supervisor = supervise(t);
  const records = await Promise.all(
    HARMLESS.map((name) => supervisor.spawn(sh("kill -$1 $$; exit 7", {}, name.slice(3))).exited),
  );
  for (const record of records) assert.deepEqual(ending(record), ended("exit", { code: 7 }));
});

test("a dumped core is told of, and lies in the working directory where the machine puts it there", async (t) => {
  if (process.getuid?.() !== 0 && /^Max core file size +\S+ +0 /m.test(readFileSync("/proc/self/limits", "utf8"))) {
    return t.skip("no core may be dumped here: its hard limit is 0");
  }
  const cwd = temporaryDirectory(t);
  const record = await runScript(t, "kill -SEGV $$", { cwd, rlimits: { core: "unlimited" } });
  assert.deepEqual(ending(record), ended("signal", { signal: "SIGSEGV" }));
  assert.equal(record.coreDumped, true);
  // Where cores go is the machine's choice: to a file of the working directory unless the pattern says otherwise.
  const pattern = readFileSync("/proc/sys/kernel/core_pattern", "utf8");
  if (!/^[|/]/.test(pattern)) assert.equal(readdirSync(cwd).length, 1);
});

test("an exit that a shell reports for its child's signal stays an exit", async (t) => {
  const record = await runScript(t, "sh -c 'kill -KILL $$'; exit $?");
  assert.deepEqual(ending(record), ended("exit", { code: 128 + constants.signals.SIGKILL }));
});

test("each of a thousand quick processes gets its own record, once", async (t) => {
  const supervisor = supervise(t);
  const exits = new Map<number, number>();
  await new Promise<void>((resolve) => {
    for (let n = 0; n < 1000; n++) {
      supervisor.start(command(["/bin/sh", "-c", `exit ${n % 256}`], { stdout: "null", stderr: "null" }), {
        onDeadline: () => assert.fail("expected no deadline"),
        onExit: ({ code }) => {
          assert.ok(!exits.has(n), "expected one record");
          exits.set(n, code ?? -1);
          if (exits.size === 1000) resolve();
        },
      });
    }
  });
  for (const [n, code] of exits) assert.equal(code, n % 256);
  assert.equal(supervisor.size, 0);
});

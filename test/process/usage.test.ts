import assert from "node:assert/strict";
import { statfsSync } from "node:fs";
import { test } from "node:test";
import { eventField } from "../../lib/process/native.ts";
import { decodeRecord } from "../../lib/process/record.ts";
import { command, ended, ending, runCommand, runScript, supervise } from "../helpers/process-supervisor.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { until } from "../helpers/until.ts";

const MIB = 1024 * 1024;
const TMPFS = 0x01021994;

test("CPU time is what the process burnt, and a bound on it ends the process", async (t) => {
  const record = await runScript(t, "while :; do :; done", { rlimits: { cpu: { soft: 1, hard: 5 }, core: 0 } });
  assert.deepEqual(ending(record), ended("signal", { signal: "SIGXCPU" }));
  const burnt = record.usage.utime + record.usage.stime;
  // The kernel counts for the bound by ticks, for the record exactly: the two differ.
  assert.ok(burnt >= 500 && burnt < 3000, `expected about 1000 ms of CPU time, got ${burnt}`);
  assert.ok(record.run >= burnt - 20, `expected a running time of at least ${burnt}, got ${record.run}`);
});

test("the largest memory is exact for a program that needs more than we do", async (t) => {
  const argv = ["/bin/dd", "if=/dev/zero", "of=/dev/null", "bs=400M", "count=1"];
  const { usage, code } = await runCommand(t, argv);
  assert.equal(code, 0);
  assert.equal(usage.maxrssExact, true);
  assert.ok(usage.maxrss > 400 * MIB && usage.maxrss < 420 * MIB, `expected some 400 MiB, got ${usage.maxrss}`);
  assert.ok(usage.minflt > 0);
});

test("the largest memory of a small program is only bounded, and says so", async (t) => {
  const supervisor = supervise(t);
  let ballast: Buffer | undefined;
  for (let round = 0; round < 50; round++) {
    // Our own memory grows meanwhile, which must not make the bound look exact.
    if (round % 10 === 0) ballast = Buffer.alloc((round + 10) * MIB, 1);
    const { usage } = await supervisor.spawn(command(["/bin/true"])).exited;
    assert.equal(usage.maxrssExact, false);
    assert.ok(usage.maxrss <= process.resourceUsage().maxRSS * 1024);
  }
  assert.ok(ballast !== undefined);
});

test("a little more than our own peak is no figure of the process's own", () => {
  const record = (maxrss: number) => {
    const numbers = new Float64Array(Object.keys(eventField).length);
    numbers[eventField.maxrss] = maxrss;
    numbers[eventField.maxrssFloor] = 100 * MIB;
    return decodeRecord(numbers, 0, undefined, undefined, null).usage.maxrssExact;
  };
  assert.deepEqual(
    [100, 101, 120].map((maxrss) => record(maxrss * MIB)),
    [false, false, true],
  );
});

test("the usage covers the children that the process waited for", async (t) => {
  const { usage } = await runScript(t, "dd if=/dev/zero of=/dev/null bs=400M count=1; exit 0");
  assert.ok(usage.maxrss > 400 * MIB);
});

test("waiting is counted as context switches, writing as block output", async (t) => {
  const waiting = await runScript(t, "sleep 0.01; sleep 0.01; sleep 0.01");
  assert.ok(waiting.usage.nvcsw >= 3);
  const cwd = temporaryDirectory(t);
  const writing = await runCommand(t, ["/bin/dd", "if=/dev/zero", "of=file", "bs=1M", "count=2", "conv=fsync"], {
    cwd,
  });
  assert.equal(writing.code, 0);
  if (statfsSync(cwd).type === TMPFS) return t.diagnostic("the temporary directory has no blocks to count");
  assert.ok(writing.usage.oublock >= 4096, `expected 4096 blocks of 512 bytes, got ${writing.usage.oublock}`);
});

test("times tell when it started, how long it waited, and how long it ran", async (t) => {
  const before = Date.now();
  const record = await runCommand(t, ["/bin/sleep", "0.1"]);
  assert.ok(record.startedAt >= before - 1 && record.startedAt <= Date.now() - 100 + 1);
  // The exec is noticed by a thread of ours, which may be late: then it is the spawn that took longer.
  const whole = record.spawn + record.run;
  assert.ok(whole >= 99, `expected at least 99 ms, got ${whole}`);
  assert.ok(record.queued >= 0 && record.queued < 20_000);
  assert.ok(record.spawn > 0 && record.run > 0);
});

test("a process that waits in line for a thread says how long", async (t) => {
  const supervisor = supervise(t);
  // The first keeps the only thread busy; whether the second comes in time to wait for it is up to the machine.
  await until("a wait in line", async () => {
    const first = supervisor.spawn(command(["/bin/true"], { stdin: Buffer.alloc(20 * MIB) }));
    const second = supervisor.spawn(command(["/bin/true"]));
    const { spawn } = await first.exited;
    return (await second.exited).queued >= spawn / 2;
  });
});

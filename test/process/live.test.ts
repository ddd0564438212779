import assert from "node:assert/strict";
import { test } from "node:test";
import { probe } from "../../lib/process/index.ts";
import { firstLine } from "../helpers/process-ready.ts";
import { command, sh, supervise } from "../helpers/process-supervisor.ts";
import { until } from "../helpers/until.ts";

const MIB = 1024 * 1024;
const unprivileged = probe().setuid ? false : "only a privileged program can choose the groups of a process";

test("the list shows what runs, with request id, pid and start on the monotonic clock", async (t) => {
  const supervisor = supervise(t);
  assert.deepEqual(supervisor.list(), []);
  const before = Number(process.hrtime.bigint()) / 1e6;
  const named = supervisor.spawn(command(["/bin/sleep", "60"], { requestId: "a" }));
  const nameless = supervisor.spawn(command(["/bin/sleep", "60"]));
  await Promise.all([named.started, nameless.started]);
  const after = Number(process.hrtime.bigint()) / 1e6;
  const list = supervisor.list().sort((left, right) => (left.requestId ?? "z").localeCompare(right.requestId ?? "z"));
  assert.deepEqual(
    list.map(({ requestId, pid }) => [requestId, pid]),
    [
      ["a", named.pid],
      [undefined, nameless.pid],
    ],
  );
  for (const { startedAt } of list) assert.ok(startedAt >= before && startedAt <= after);
  named.kill();
  await named.exited;
  assert.deepEqual(
    supervisor.list().map(({ pid }) => pid),
    [nameless.pid],
  );
  assert.equal(supervisor.size, 1);
});

test("the list is empty after closing", async (t) => {
  const supervisor = supervise(t);
  const { started } = supervisor.spawn(command(["/bin/sleep", "60"]));
  await started;
  await supervisor.close();
  assert.deepEqual(supervisor.list(), []);
});

test("a snapshot shows CPU time, memory, threads and state of a running process", async (t) => {
  const supervisor = supervise(t);
  const running = supervisor.spawn(sh("while :; do :; done", { requestId: "busy" }));
  await running.started;
  const busy = await until("50 ms of CPU time", () => {
    const now = supervisor.snapshot("busy");
    return now !== undefined && now.utime + now.stime >= 50 && now;
  });
  assert.deepEqual([busy.pid, busy.state, busy.threads], [running.pid, "running", 1]);
  assert.ok(busy.rss > 100_000 && busy.rss < 50 * MIB, `expected a shell's memory, got ${busy.rss}`);
  assert.ok(busy.maxrss >= busy.rss);
  running.signal("SIGSTOP");
  await until("a stopped process", () => running.snapshot()?.state === "stopped");
  running.kill();
  await running.exited;
});

test("a snapshot follows the memory of a process", async (t) => {
  const script = "setTimeout(() => {}, 60000); const held = Buffer.alloc(200 * 1024 * 1024, 1); console.log('ready')";
  const running = supervise(t).spawn(command([process.execPath, "-e", script], { stdout: "pipe" }));
  await firstLine(running);
  const { rss = 0, maxrss = 0, threads = 0 } = running.snapshot() ?? {};
  assert.ok(rss > 200 * MIB && maxrss >= rss);
  assert.ok(threads > 1);
  running.kill();
  await running.exited;
});

test("a snapshot is whole however long the kernel's account of a process is", { skip: unprivileged }, async (t) => {
  // Groups stand before the memory in /proc/PID/status: these take more than a page.
  const groups = Array.from({ length: 1000 }, (_, n) => 100_000 + n);
  const running = supervise(t).spawn(command(["/bin/sleep", "60"], { groups }));
  await running.started;
  assert.ok((running.snapshot()?.rss ?? 0) > 0);
  running.kill();
  await running.exited;
});

test("a program with a name of parentheses and blanks does not confuse the snapshot", async (t) => {
  const script = "printf ') R 1 (' >/proc/self/comm; echo ready; read go";
  const running = supervise(t).spawn(sh(script, { stdin: "pipe", stdout: "pipe" }));
  await firstLine(running);
  assert.equal(running.snapshot()?.pid, running.pid);
  assert.equal(running.snapshot()?.threads, 1);
  running.stdin?.end();
  await running.exited;
});

test("there is no snapshot of what does not run yet, has ended, or never was", async (t) => {
  const supervisor = supervise(t);
  assert.equal(supervisor.snapshot("nobody"), undefined);
  const running = supervisor.spawn(command(["/bin/true"], { requestId: "a" }));
  await running.exited;
  assert.equal(running.snapshot(), undefined);
  assert.equal(supervisor.snapshot("a"), undefined);
});

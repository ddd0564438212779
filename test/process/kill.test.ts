import assert from "node:assert/strict";
import { test } from "node:test";
import { gone } from "../helpers/process-proc.ts";
import { firstLine } from "../helpers/process-ready.ts";
import { command, ended, ending, sh, supervise } from "../helpers/process-supervisor.ts";
import { until } from "../helpers/until.ts";

const SLEEP = command(["/bin/sleep", "60"]);

test("kill ends a process and its group, and the record says why", async (t) => {
  const running = supervise(t).spawn(sh("sleep 60 & echo $!; wait", { stdout: "pipe" }));
  const member = Number(await firstLine(running));
  running.kill("no longer wanted");
  assert.deepEqual(ending(await running.exited), ended("killed", { signal: "SIGTERM", reason: "no longer wanted" }));
  await gone(member);
});

test("kill without a reason says that it was called", async (t) => {
  const running = supervise(t).spawn(SLEEP);
  running.kill();
  assert.equal((await running.exited).reason, "kill() was called");
});

test("kill with a signal sends that one", async (t) => {
  const running = supervise(t).spawn(SLEEP);
  await running.started;
  running.kill("now", "SIGKILL");
  assert.deepEqual(ending(await running.exited), ended("killed", { signal: "SIGKILL", reason: "now" }));
});

test("what ignores the signal of a kill is killed after the grace", async (t) => {
  const script = "trap '' TERM; echo ready; while :; do sleep 60; done";
  const running = supervise(t).spawn(sh(script, { stdout: "pipe", grace: 10 }));
  await firstLine(running);
  running.kill("enough");
  assert.deepEqual(ending(await running.exited), ended("killed", { signal: "SIGKILL", reason: "enough" }));
});

test("a second kill with SIGKILL does not wait for the grace", async (t) => {
  const script = "trap '' TERM; echo ready; while :; do sleep 60; done";
  const running = supervise(t).spawn(sh(script, { stdout: "pipe", grace: 60_000 }));
  await firstLine(running);
  running.kill("first");
  running.kill("second", "SIGKILL");
  assert.deepEqual(ending(await running.exited), ended("killed", { signal: "SIGKILL", reason: "first" }));
});

test("a process that exits by itself after a kill keeps its exit code", async (t) => {
  const script = "trap 'exit 5' TERM; echo ready; while :; do sleep 0.01; done";
  const running = supervise(t).spawn(sh(script, { stdout: "pipe", grace: 60_000 }));
  await firstLine(running);
  running.kill("bye");
  assert.deepEqual(ending(await running.exited), ended("killed", { code: 5, reason: "bye" }));
});

test("a kill right after the start ends the process, whether it had begun or not", async (t) => {
  const supervisor = supervise(t);
  await until("one that had not begun", async () => {
    const all = Array.from({ length: 100 }, () => supervisor.spawn(SLEEP));
    for (const running of all) running.kill("at once");
    const records = await Promise.all(all.map(({ exited }) => exited));
    for (const record of records) {
      const signal = record.pid === 0 ? null : "SIGTERM";
      assert.deepEqual(ending(record), ended("killed", { signal, reason: "at once" }));
    }
    return records.some(({ pid }) => pid === 0);
  });
});

test("a kill after the end changes nothing", async (t) => {
  const running = supervise(t).spawn(command(["/bin/true"]));
  const record = await running.exited;
  running.kill("too late");
  running.signal("SIGUSR1");
  assert.deepEqual(ending(record), ended("exit", { code: 0 }));
  assert.equal(await running.exited, record);
});

test("a kill after the deadline leaves the ending a timeout", async (t) => {
  const supervisor = supervise(t);
  const script = "trap '' TERM; echo ready; while :; do sleep 60; done";
  const { how, reason } = await new Promise<{ how: string; reason: string | null }>((resolve) => {
    const child = supervisor.start(sh(script, { timeout: 300, grace: 60_000 }), {
      onDeadline: () => child.kill("impatient", "SIGKILL"),
      onExit: resolve,
    });
  });
  assert.deepEqual({ how, reason }, { how: "timeout", reason: null });
});

test("a signal reaches the group and is not taken for the end", async (t) => {
  const script = "trap 'echo hup' HUP; trap 'exit 0' USR1; echo ready; while :; do sleep 0.01; done";
  const running = supervise(t).spawn(sh(script, { stdout: "pipe" }));
  assert.equal(await firstLine(running), "ready");
  running.signal("SIGHUP");
  assert.equal(await firstLine(running), "hup");
  running.signal("SIGUSR1");
  assert.deepEqual(ending(await running.exited), ended("exit", { code: 0 }));
});

test("a signal sent by somebody else is told as a signal", async (t) => {
  const running = supervise(t).spawn(SLEEP);
  process.kill(Number(await running.started), "SIGINT");
  assert.deepEqual(ending(await running.exited), ended("signal", { signal: "SIGINT" }));
});

test("an unknown signal is refused at once", async (t) => {
  const running = supervise(t).spawn(SLEEP);
  const message = 'expected `signal` to be a signal name such as SIGTERM, got "SIGNONE"';
  assert.throws(() => running.kill("x", "SIGNONE" as NodeJS.Signals), { code: "spawn-spec-invalid", message });
  assert.throws(() => running.signal("SIGNONE" as NodeJS.Signals), { code: "spawn-spec-invalid", message });
  running.kill("end");
  assert.equal((await running.exited).reason, "end");
});

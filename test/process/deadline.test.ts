import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import type { ExitRecord } from "../../lib/process/index.ts";
import { alive, gone } from "../helpers/process-proc.ts";
import { deadlineAfterReady } from "../helpers/process-ready.ts";
import { command, ended, ending, printed, sh, supervise } from "../helpers/process-supervisor.ts";

const LONG = 60_000;

test("at the deadline the whole process group is ended", async (t) => {
  const record = await deadlineAfterReady(supervise(t), sh("sleep 60 & echo ready; echo $!; wait", { grace: LONG }));
  assert.deepEqual(ending(record), ended("timeout", { signal: "SIGTERM" }));
  await gone(Number(printed(record).split("\n")[1]));
});

test("what ignores the first signal is killed after the grace", async (t) => {
  const script = "trap '' TERM; echo ready; while :; do sleep 60; done";
  const record = await deadlineAfterReady(supervise(t), sh(script, { grace: 20 }));
  assert.deepEqual(ending(record), ended("timeout", { signal: "SIGKILL" }));
});

test("what a process makes of its first signal is in the record", async (t) => {
  const script = "trap 'echo bye; exit 3' USR1; echo ready; while :; do sleep 0.01; done";
  const record = await deadlineAfterReady(supervise(t), sh(script, { killSignal: "SIGUSR1", grace: LONG }));
  assert.deepEqual(ending(record), ended("timeout", { code: 3 }));
  assert.equal(printed(record), "ready\nbye\n");
});

test("a stopped process is continued, so that it can take its first signal", async (t) => {
  const record = await supervise(t).spawn(sh("kill -STOP $$", { timeout: 50, grace: LONG })).exited;
  assert.deepEqual(ending(record), ended("timeout", { signal: "SIGTERM" }));
});

test("the observer hears of the deadline before the exit record, once", async (t) => {
  const supervisor = supervise(t);
  const heard: string[] = [];
  await new Promise<void>((resolve) => {
    supervisor.start(command(["/bin/sleep", "60"], { timeout: 10 }), {
      onDeadline: () => heard.push("deadline"),
      onExit: ({ how }: ExitRecord) => resolve(void heard.push(how)),
    });
  });
  assert.deepEqual(heard, ["deadline", "timeout"]);
});

test("a running process tells that its deadline has passed", async (t) => {
  const supervisor = supervise(t);
  const late = supervisor.spawn(command(["/bin/sleep", "60"], { timeout: 10 }));
  assert.equal(late.timedOut, false);
  await late.exited;
  assert.equal(late.timedOut, true);
  const early = supervisor.spawn(command(["/bin/true"], { timeout: LONG }));
  await early.exited;
  assert.equal(early.timedOut, false);
});

test("no timeout, or an endless one, is no bound", async (t) => {
  const supervisor = supervise(t);
  for (const timeout of [undefined, 0, Number.POSITIVE_INFINITY, 1e300]) {
    const record = await supervisor.spawn(sh("sleep 0.02; exit 1", { timeout })).exited;
    assert.deepEqual(ending(record), ended("exit", { code: 1 }));
  }
});

test("a deadline is kept while JavaScript is busy, and the process is reaped", async (t) => {
  const supervisor = supervise(t);
  const running = supervisor.spawn(command(["/bin/sleep", "60"], { timeout: 200 }));
  const pid = await running.started;
  const patience = performance.now() + 20_000;
  // Nothing of this thread can help here: no event is handled in this loop.
  while (existsSync(`/proc/${pid}`)) assert.ok(performance.now() < patience, "expected an end");
  assert.equal((await running.exited).how, "timeout");
});

test("five hundred deadlines at different times are all kept", async (t) => {
  const supervisor = supervise(t);
  const quiet = { stdout: "null", stderr: "null" } as const;
  const records = await Promise.all(
    Array.from({ length: 500 }, (_, n) => {
      return supervisor.spawn(command(["/bin/sleep", "60"], { ...quiet, timeout: 1 + ((n * 37) % 400) })).exited;
    }),
  );
  for (const [n, record] of records.entries()) {
    assert.deepEqual(ending(record), ended("timeout", { signal: "SIGTERM" }));
    assert.ok(record.spawn + record.run >= 1 + ((n * 37) % 400), "expected no deadline to come early");
  }
});

test("what a process in its grace leaves running is swept when it ends", async (t) => {
  const script =
    "sh -c 'trap \"\" TERM; echo ready; echo $$; while :; do sleep 60; done' & trap 'exit 0' TERM; wait; wait";
  const record = await deadlineAfterReady(supervise(t), sh(script, { grace: LONG }));
  assert.equal(record.how, "timeout");
  const pid = Number(printed(record).split("\n")[1]);
  await gone(pid);
  assert.equal(alive(pid), false);
});

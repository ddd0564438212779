import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { run } from "../../lib/process/index.ts";
import { command, ended, ending, supervise } from "../helpers/process-supervisor.ts";

const SLEEP = command(["/bin/sleep", "60"]);

test("an abort while it runs ends the process", async (t) => {
  const controller = new AbortController();
  const running = supervise(t).spawn(SLEEP, { signal: controller.signal });
  await running.started;
  controller.abort();
  assert.deepEqual(ending(await running.exited), ended("killed", { signal: "SIGTERM", reason: "aborted" }));
});

test("a signal that was aborted before ends the process at once, and there is a record all the same", async (t) => {
  const supervisor = supervise(t);
  const running = supervisor.spawn(SLEEP, { signal: AbortSignal.abort() });
  const { how, reason, code } = await running.exited;
  assert.deepEqual([how, reason, code], ["killed", "aborted", null]);
  assert.equal(supervisor.size, 0);
});

test("an abort after the end changes nothing, and the signal is let go of", async (t) => {
  const controller = new AbortController();
  const running = supervise(t).spawn(command(["/bin/true"]), { signal: controller.signal });
  assert.equal(getEventListeners(controller.signal, "abort").length, 1);
  const record = await running.exited;
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
  controller.abort();
  assert.deepEqual(ending(record), ended("exit", { code: 0 }));
});

test("one signal ends many processes", async (t) => {
  const supervisor = supervise(t);
  const controller = new AbortController();
  const all = Array.from({ length: 5 }, () => supervisor.spawn(SLEEP, { signal: controller.signal }));
  controller.abort();
  for (const { exited } of all) assert.equal((await exited).how, "killed");
});

test("a signal with a time limit works for run() as well", async () => {
  const record = await run("/bin/sleep", ["60"], { signal: AbortSignal.timeout(20) });
  assert.deepEqual([record.how, record.reason], ["killed", "aborted"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { childrenOf } from "../helpers/leaks.ts";
import { command, printed, supervise } from "../helpers/process-supervisor.ts";
import { until } from "../helpers/until.ts";

test("a thousand processes run at once, and each gets its own record", async (t) => {
  const supervisor = supervise(t);
  const all = Array.from({ length: 1000 }, (_, n) => {
    return supervisor.spawn(command(["/bin/cat"], { stdin: "pipe", stderr: "null", requestId: String(n) }));
  });
  await until("all to run", () => supervisor.list().length === 1000);
  assert.equal(supervisor.size, 1000);
  assert.equal(new Set(supervisor.list().map(({ pid }) => pid)).size, 1000);
  for (const [n, running] of all.entries()) running.stdin?.end(`number ${n}`);
  for (const [n, { exited }] of all.entries()) assert.equal(printed(await exited), `number ${n}`);
  assert.deepEqual([supervisor.size, supervisor.list()], [0, []]);
});

test("records that pile up while JavaScript is busy all arrive, however much output they carry", async (t) => {
  const supervisor = supervise(t);
  const size = 500_000;
  const argv = ["/usr/bin/head", "-c", String(size), "/dev/zero"];
  const others = new Set(childrenOf(process.pid));
  const all = Array.from({ length: 30 }, () => supervisor.spawn(command(argv, { stdout: { capture: size } })));
  await all[0]?.started;
  const patience = performance.now() + 20_000;
  while (childrenOf(process.pid).some((pid) => !others.has(pid))) assert.ok(performance.now() < patience);
  for (const { exited } of all) assert.equal((await exited).stdout.data.length, size);
});

test("a thousand processes can be ended at once", async (t) => {
  const supervisor = supervise(t);
  const quiet = { stdout: "null", stderr: "null" } as const;
  const all = Array.from({ length: 1000 }, () => supervisor.spawn(command(["/bin/sleep", "60"], quiet)));
  await until("all to run", () => supervisor.list().length === 1000);
  await supervisor.close();
  for (const { exited } of all) assert.equal((await exited).how, "killed");
});

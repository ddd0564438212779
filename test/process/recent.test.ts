import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Supervisor } from "../../lib/process/index.ts";
import { command, supervise } from "../helpers/process-supervisor.ts";
import { until } from "../helpers/until.ts";

async function runAs(supervisor: Supervisor, requestId: string): Promise<unknown> {
  return supervisor.spawn(command(["/bin/echo", requestId], { requestId })).exited;
}

test("the record of an ended process can be fetched by its request id", async (t) => {
  const supervisor = supervise(t, { keepRecords: 60_000 });
  const running = supervisor.spawn(command(["/bin/echo", "out"], { requestId: "a" }));
  assert.equal(supervisor.recent("a"), undefined);
  const record = await running.exited;
  assert.equal(supervisor.recent("a"), record);
  assert.equal(supervisor.recent("b"), undefined);
});

test("a failed start can be fetched as well", async (t) => {
  const supervisor = supervise(t, { keepRecords: 60_000 });
  await supervisor.spawn(command(["/nonexistent"], { requestId: "a" })).exited;
  assert.equal(supervisor.recent("a")?.errno, "ENOENT");
});

test("of two processes under one id the later is kept", async (t) => {
  const supervisor = supervise(t, { keepRecords: 60_000 });
  await runAs(supervisor, "a");
  const later = await runAs(supervisor, "a");
  assert.equal(supervisor.recent("a"), later);
});

test("a record is kept for its time and no longer, and others do not prolong it", async (t) => {
  const supervisor = supervise(t, { keepRecords: 150 });
  const start = performance.now();
  await runAs(supervisor, "old");
  const end = performance.now();
  await until("the end of its time", async () => {
    const before = performance.now();
    const kept = supervisor.recent("old") !== undefined;
    const after = performance.now();
    if (kept) assert.ok(before <= end + 150, "expected it to be forgotten by now");
    else assert.ok(after >= start + 150, "expected it to be kept until now");
    await runAs(supervisor, `other ${before}`);
    return !kept;
  });
});

test("two seconds are the default", async (t) => {
  const supervisor = supervise(t);
  const start = performance.now();
  await runAs(supervisor, "a");
  await until("the end of its time", () => supervisor.recent("a") === undefined);
  assert.ok(performance.now() >= start + 2000);
});

test("there are never more than allowed, and the newest are among them", async (t) => {
  for (const maxRecords of [1, 2, 3, 8, 9]) {
    const supervisor = supervise(t, { keepRecords: 60_000, maxRecords });
    const ids = Array.from({ length: 15 }, (_, n) => String(n));
    for (const id of ids) {
      await runAs(supervisor, id);
      assert.notEqual(supervisor.recent(id), undefined);
      const kept = ids.filter((each) => supervisor.recent(each) !== undefined);
      assert.ok(kept.length <= maxRecords, `expected at most ${maxRecords}, got ${kept.length}`);
      assert.deepEqual(kept, ids.slice(Number(id) + 1 - kept.length, Number(id) + 1), "expected the newest");
      if (Number(id) >= maxRecords) assert.ok(kept.length >= Math.floor(maxRecords / 2));
    }
  }
});

test("records together hold no more output than allowed, and the newest are among them", async (t) => {
  const supervisor = supervise(t, { keepRecords: 60_000, maxRecordBytes: 100 });
  const ids = Array.from({ length: 9 }, (_, n) => String(n));
  for (const id of ids) {
    const argv = ["/usr/bin/printf", "%0*d", String(10 * (Number(id) % 6)), "7"];
    await supervisor.spawn(command(argv, { requestId: id })).exited;
    assert.notEqual(supervisor.recent(id), undefined);
    const kept = ids.map((each) => supervisor.recent(each)).filter((record) => record !== undefined);
    const bytes = kept.reduce((sum, record) => sum + record.stdout.data.length, 0);
    assert.ok(bytes <= 100, `expected at most 100, got ${bytes}`);
  }
  await supervisor.spawn(command(["/usr/bin/printf", "%0101d", "7"], { requestId: "huge" })).exited;
  assert.equal(supervisor.recent("huge"), undefined);
});

test("a record holds its own output, not that of others that came with it", async (t) => {
  const supervisor = supervise(t, { keepRecords: 60_000 });
  const flood = supervisor.spawn(command(["/usr/bin/yes"], { stdout: "pipe" }));
  flood.stdout?.resume();
  const records = await Promise.all(
    Array.from(
      { length: 50 },
      (_, n) => supervisor.spawn(command(["/bin/echo", "x"], { requestId: String(n) })).exited,
    ),
  );
  flood.kill();
  await flood.exited;
  for (const { stdout } of records) assert.ok(stdout.data.buffer.byteLength <= 8192, "expected little to be held");
});

test("what is kept is let go though nothing more comes", async (t) => {
  const supervisor = supervise(t, { keepRecords: 50 });
  const kept = new WeakRef((await runAs(supervisor, "a")) as object);
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  await until("the record to be collected", () => {
    collectGarbage();
    return kept.deref() === undefined;
  });
});

test("nothing is kept where no time or no number is given for it", async (t) => {
  for (const options of [{ keepRecords: 0 }, { maxRecords: 0 }, { maxRecordBytes: 1 }]) {
    const supervisor = supervise(t, options);
    await runAs(supervisor, "a");
    assert.equal(supervisor.recent("a"), undefined);
  }
});

test("records can still be fetched after closing", async (t) => {
  const supervisor = supervise(t, { keepRecords: 60_000 });
  const record = await runAs(supervisor, "a");
  await supervisor.close();
  assert.equal(supervisor.recent("a"), record);
});

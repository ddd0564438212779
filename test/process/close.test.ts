import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Supervisor } from "../../lib/process/index.ts";
import { holdings, nothingLeft } from "../helpers/process-left.ts";
import { alive } from "../helpers/process-proc.ts";
import { firstLine } from "../helpers/process-ready.ts";
import { command, ended, ending, sh, supervise } from "../helpers/process-supervisor.ts";
import { until } from "../helpers/until.ts";

const SLEEP = command(["/bin/sleep", "60"]);

test("closing ends what runs and resolves when every record is out", async (t) => {
  const supervisor = supervise(t);
  const all = Array.from({ length: 20 }, () => supervisor.spawn(SLEEP));
  await all[0]?.started;
  let records = 0;
  for (const { exited } of all) exited.then(() => records++);
  await supervisor.close();
  assert.equal(records, 20);
  for (const { exited, pid } of all) {
    const { how, reason } = await exited;
    assert.deepEqual([how, reason], ["killed", "supervisor closed"]);
    if (pid !== undefined) assert.equal(alive(pid), false);
  }
});

test("closing with a wait lets what runs finish", async (t) => {
  const supervisor = supervise(t);
  const { exited } = supervisor.spawn(sh("sleep 0.05; exit 3"));
  await supervisor.close({ wait: 60_000 });
  assert.deepEqual(ending(await exited), ended("exit", { code: 3 }));
});

test("closing with an endless wait never kills", async (t) => {
  const supervisor = supervise(t);
  const all = [Number.POSITIVE_INFINITY, 1e12].map(async (wait) => {
    const one = new Supervisor();
    const { exited } = one.spawn(sh("sleep 0.05; exit 3"));
    await one.close({ wait });
    return exited;
  });
  for (const record of await Promise.all(all)) assert.deepEqual(ending(record), ended("exit", { code: 3 }));
  await supervisor.close({ wait: Number.POSITIVE_INFINITY });
});

test("what still runs after the wait is ended", async (t) => {
  const supervisor = supervise(t);
  const { exited } = supervisor.spawn(SLEEP);
  await supervisor.close({ wait: 20 });
  assert.deepEqual(ending(await exited), ended("killed", { signal: "SIGTERM", reason: "supervisor closed" }));
});

test("what ignores the signal is killed after its own grace", async (t) => {
  const supervisor = supervise(t);
  const script = "trap '' TERM; echo ready; while :; do sleep 60; done";
  const running = supervisor.spawn(sh(script, { grace: 10, stdout: "pipe" }));
  await firstLine(running);
  await supervisor.close();
  assert.equal((await running.exited).signal, "SIGKILL");
});

test("closing twice is closing once", async (t) => {
  const supervisor = supervise(t);
  supervisor.spawn(SLEEP);
  const first = supervisor.close();
  assert.equal(supervisor.close(), first);
  await first;
  assert.equal(supervisor.close({ wait: 5 }), first);
});

test("a supervisor can be disposed of", async () => {
  const before = holdings();
  const supervisor = new Supervisor();
  const { exited } = supervisor.spawn(SLEEP);
  await supervisor[Symbol.asyncDispose]();
  assert.equal((await exited).how, "killed");
  await nothingLeft(before);
});

test("a closed supervisor, or one that is closing, starts nothing", async (t) => {
  const supervisor = supervise(t);
  supervisor.spawn(SLEEP);
  const closing = supervisor.close();
  const refused = { name: "UrocketError", code: "supervisor-closed", message: "expected an open supervisor" };
  assert.throws(() => supervisor.spawn(SLEEP), refused);
  await closing;
  assert.throws(() => supervisor.spawn(SLEEP), refused);
  assert.throws(() => supervisor.start(SLEEP, { onDeadline: () => {}, onExit: () => {} }), refused);
});

test("everything about a closed supervisor can still be asked", async (t) => {
  const supervisor = supervise(t);
  const running = supervisor.spawn(command(["/bin/sleep", "60"], { requestId: "a", stdin: "pipe", stdout: "pipe" }));
  await running.started;
  await supervisor.close();
  running.kill();
  running.signal("SIGHUP");
  running.stdin?.write("x", () => {});
  running.stdout?.read();
  assert.deepEqual([running.snapshot(), supervisor.snapshot("a")], [undefined, undefined]);
  assert.deepEqual([supervisor.list(), supervisor.size, supervisor.orphansReaped], [[], 0, 0]);
  assert.equal(supervisor.recent("a")?.how, "killed");
});

test("a wait that is no time is refused, and the supervisor stays open", async (t) => {
  const supervisor = supervise(t);
  const message = "expected `wait` to be milliseconds, 0 or more, got -1";
  assert.throws(() => supervisor.close({ wait: -1 }), { code: "spawn-spec-invalid", message });
  assert.equal((await supervisor.spawn(command(["/bin/true"])).exited).code, 0);
});

test("a supervisor can be closed by what it tells", async (t) => {
  const supervisor = supervise(t);
  await new Promise<void>((resolve, reject) => {
    const onExit = (): void => void supervisor.close().then(resolve, reject);
    supervisor.start(command(["/bin/true"]), { onDeadline: () => {}, onExit });
    supervisor.start(command(["/bin/true"]), { onDeadline: () => {}, onExit });
  });
  assert.equal(supervisor.size, 0);
});

test("fifty supervisors can live side by side", async (t) => {
  const all = Array.from({ length: 50 }, () => supervise(t));
  const records = await Promise.all(all.map((supervisor, n) => supervisor.spawn(sh("exit $1", {}, String(n))).exited));
  assert.deepEqual(
    records.map(({ code }) => code),
    all.map((_, n) => n),
  );
});

test("a later call with less patience hurries an earlier one", async (t) => {
  const supervisor = supervise(t);
  const running = supervisor.spawn(command(["/bin/sleep", "600"]));
  await running.started;
  const closing = supervisor.close({ wait: 600_000 });
  void supervisor.close({ wait: 500_000 });
  assert.equal(supervisor.close(), closing);
  await closing;
  assert.equal((await running.exited).how, "killed");
});

test("a supervisor that is forgotten while nothing runs is collected, and its threads end", async () => {
  const reactors = () =>
    readdirSync("/proc/self/task").filter((task) => {
      return readFileSync(`/proc/self/task/${task}/comm`, "utf8") === "urocket-react\n";
    }).length;
  const before = reactors();
  const records = Array.from({ length: 3 }, () => new Supervisor().spawn(command(["/bin/true"])).exited);
  // A thread has the name of its maker for a moment, so there may be more.
  assert.ok(reactors() >= before + 3);
  for (const { code } of await Promise.all(records)) assert.equal(code, 0);
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  await until("the threads to end", () => {
    collectGarbage();
    return reactors() === before;
  });
});

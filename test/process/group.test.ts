import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { endAfter, escaping } from "../helpers/process-escape.ts";
import { alive, gone } from "../helpers/process-proc.ts";
import { deadlineAfterReady } from "../helpers/process-ready.ts";
import { ended, ending, printed, runScript, sh, supervise } from "../helpers/process-supervisor.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { until } from "../helpers/until.ts";

const LONG = 60_000;

test("when the leader ends, what is left of its group is killed, and delays nothing", async (t) => {
  const script = "trap '' TERM HUP; sleep 60 & echo $!; sleep 60 & echo $!; exit 3";
  const record = await runScript(t, script, { drain: LONG });
  assert.deepEqual(ending(record), ended("exit", { code: 3 }));
  const members = printed(record).trim().split("\n").map(Number);
  assert.equal(members.length, 2);
  await Promise.all(members.map(gone));
});

test("the group is swept as well when the leader ends by a signal or at its deadline", async (t) => {
  const signalled = await runScript(t, "sleep 60 & echo $!; kill -KILL $$");
  assert.deepEqual(ending(signalled), ended("signal", { signal: "SIGKILL" }));
  await gone(Number(printed(signalled)));
  const script = "trap '' TERM; sleep 60 & trap - TERM; echo ready; echo $!; kill -STOP $$";
  const late = await deadlineAfterReady(supervise(t), sh(script, { grace: 200 }));
  assert.equal(late.how, "timeout");
  await gone(Number(printed(late).split("\n")[1]));
});

test("output held open by a process that left the group delays the record by the drain time only", async (t) => {
  const record = await runScript(t, `${escaping("exec sleep 60")}; echo $pid; printf words`, { drain: 20 });
  const [pid, words] = printed(record).split("\n");
  endAfter(t, Number(pid));
  assert.deepEqual(ending(record), ended("exit", { code: 0 }));
  assert.equal(words, "words");
  assert.ok(alive(Number(pid)), "expected the record before the end of what holds the output");
});

for (const end of ["kill", "close"] as const) {
  test(`${end}() does not wait for those who hold the output of an ended process open`, async (t) => {
    const supervisor = supervise(t);
    const script = `${escaping("exec sleep 60")}; echo $pid`;
    const running = supervisor.spawn(sh(script, { drain: 10 * LONG, timeout: 0 }));
    const pid = await running.started;
    await until("the end of the leader", () => !alive(pid ?? 0) && supervisor.list().length === 0);
    const closed = end === "close" ? supervisor.close() : running.kill();
    const record = await running.exited;
    endAfter(t, Number(printed(record)));
    assert.deepEqual(ending(record), ended("exit", { code: 0 }));
    assert.ok(alive(Number(printed(record))), "expected the record before the end of what holds the output");
    await closed;
  });
}

test("what a process that left the group writes within the drain time is still captured", async (t) => {
  const record = await runScript(t, escaping("sleep 0.02; echo late"), { drain: LONG });
  assert.equal(printed(record), "late\n");
});

test("a lingering group goes on after the record, and what it writes is not waited for", async (t) => {
  const file = join(temporaryDirectory(t), "late");
  const script = "(while [ ! -e $1.go ]; do sleep 0.01; done; echo unheard; echo done >$1) & exit 0";
  const supervisor = supervise(t);
  const record = await supervisor.spawn(sh(script, { linger: LONG, drain: 0 }, file)).exited;
  assert.deepEqual(ending(record), ended("exit", { code: 0 }));
  assert.equal(printed(record), "");
  assert.equal(existsSync(file), false);
  await supervisor.spawn(sh("touch $1.go", {}, file)).exited;
  await until("what lingers to finish", () => existsSync(file) && readFileSync(file, "utf8") === "done\n");
});

test("a lingering group is not held up by a reader who was slow while its leader ran", async (t) => {
  const file = join(temporaryDirectory(t), "done");
  const supervisor = supervise(t);
  // Nobody reads the stream: what lingers fills it before its leader goes, and again within the drain time.
  const script = "{ head -c 2000000 /dev/zero; echo done >$1; } & read go; exit 0";
  const spec = sh(script, { stdin: "pipe", stdout: "pipe", linger: LONG }, file);
  const running = supervisor.spawn(spec);
  await until("the stream to be full", () => (running.stdout?.readableLength ?? 0) >= 256 * 1024);
  running.stdin?.end("go\n");
  assert.deepEqual(ending(await running.exited), ended("exit", { code: 0 }));
  await until("what lingers to finish", () => existsSync(file) && readFileSync(file, "utf8") === "done\n");
});

test("a lingering group gets the kill signal when its time is up", async (t) => {
  const file = join(temporaryDirectory(t), "told");
  const member = "trap 'echo told >$0; exit' USR1; touch $0.ready; while :; do sleep 0.01; done";
  const script = 'sh -c "$2" $1 & while [ ! -e $1.ready ]; do sleep 0.01; done';
  const spec = sh(script, { linger: 30, drain: 0, grace: LONG, killSignal: "SIGUSR1" }, file, member);
  await supervise(t).spawn(spec).exited;
  await until("the signal to be heard", () => existsSync(file) && readFileSync(file, "utf8") === "told\n");
});

test("what lingers and ignores the kill signal is killed after the grace", async (t) => {
  const script = "trap '' TERM; sleep 60 & echo $!; exit 0";
  const record = await runScript(t, script, { linger: 10, grace: 10, drain: 0 });
  await gone(Number(printed(record)));
});

test("closing ends what lingers", async (t) => {
  const supervisor = supervise(t);
  const record = await supervisor.spawn(sh("sleep 60 & echo $!", { linger: LONG, drain: 0 })).exited;
  const member = Number(printed(record));
  assert.ok(alive(member));
  await supervisor.close();
  await gone(member);
});

test("a lingering group that ends by itself leaves nothing", async (t) => {
  const supervisor = supervise(t);
  const record = await supervisor.spawn(sh("sleep 0.02 & echo $!", { linger: LONG, drain: 0 })).exited;
  await gone(Number(printed(record)));
  await supervisor.close();
});

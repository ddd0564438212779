import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { probe } from "../../lib/process/index.ts";
import { compileLibrary } from "../helpers/process-compile.ts";
import { type Host, startHost } from "../helpers/process-host.ts";
import { alive, gone } from "../helpers/process-proc.ts";

const unprivileged = probe().setuid ? false : "only a privileged program can start processes as somebody else";

async function startHolder(t: TestContext, options: object = {}): Promise<Host & { pids: readonly number[] }> {
  const host = startHost(t, "holder.ts", { args: [JSON.stringify(options)] });
  const { pids } = await host.next<{ pids: number[] }>();
  assert.ok(pids.every(alive));
  return { ...host, pids };
}

test("kill -9 of the program that holds them leaves no process running", async (t) => {
  const host = await startHolder(t, { count: 20 });
  host.kill("SIGKILL");
  await Promise.all(host.pids.map(gone));
});

test("kill -9 reaches processes without clone3 and pidfd as well", async (t) => {
  const host = await startHolder(t, { supervisor: { without: ["clone3", "pidfd"] } });
  host.kill("SIGKILL");
  await Promise.all(host.pids.map(gone));
});

test("kill -9 reaches processes of other users as well", { skip: unprivileged }, async (t) => {
  const host = await startHolder(t, { spec: { user: 54_321, noNewPrivs: true } });
  host.kill("SIGKILL");
  await Promise.all(host.pids.map(gone));
});

test("process.exit() while processes run ends them, and its exit code stands", async (t) => {
  const host = await startHolder(t);
  host.tell("exit");
  const { code, signal, stderr } = await host.exited;
  assert.deepEqual([code, signal, stderr], [7, null, ""]);
  await Promise.all(host.pids.map(gone));
});

test("an uncaught exception while processes run ends them", async (t) => {
  const host = await startHolder(t);
  host.tell("throw");
  const { code, stderr } = await host.exited;
  assert.equal(code, 1);
  assert.match(stderr, /thrown on purpose/);
  await Promise.all(host.pids.map(gone));
});

test("a program ends by itself once nothing runs, although it closed no supervisor, and not before", async (t) => {
  const host = startHost(t, "idle.ts");
  assert.deepEqual(await host.next(), { how: "exit", code: 0 });
  assert.deepEqual(await host.next(), { how: "exit", code: 0 });
  const { code, stderr } = await host.exited;
  assert.deepEqual([code, stderr], [0, ""]);
});

test("an observer that throws costs nobody an event, and its exception is uncaught", async (t) => {
  const host = startHost(t, "observers.ts");
  const counted = { ended: 20, output: 40, started: 10, outputs: 10, exits: 10, size: 0 };
  assert.deepEqual(await host.next(), { ...counted, kept: Array.from({ length: 20 }, () => 0) });
  assert.equal((await host.exited).code, 0);
});

test("when somebody else in the program takes the exit status, the record says that it is lost", async (t) => {
  const host = startHost(t, "lost.ts", { args: [compileLibrary(t, "thief")] });
  assert.deepEqual(await host.next(), ["lost", null, null, "wait4", "ECHILD", "out\n"]);
  assert.deepEqual(await host.next(), ["spawn-error", null, null, "execve", "ENOENT", ""]);
  assert.equal((await host.exited).code, 0);
});

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { type TestContext, test } from "node:test";
import { type Probe, probe, Supervisor } from "../../lib/process/index.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { endAfter, escaping } from "../helpers/process-escape.ts";
import { startHost } from "../helpers/process-host.ts";
import { alive, gone } from "../helpers/process-proc.ts";
import { firstLine } from "../helpers/process-ready.ts";
import { ended, ending, printed, sh, supervise } from "../helpers/process-supervisor.ts";
import { until } from "../helpers/until.ts";

const { own, writable } = probe().cgroup;
const skip = writable ? false : "no cgroup v2 is ours to write to";
const LONG = 60_000;
const WHERE = "sed -n s/^0:://p /proc/self/cgroup";

/** A cgroup of the test's own in the real hierarchy, gone after it with all that is in it. */
function ownParent(t: TestContext): string {
  const path = join(own ?? "", `urocket-test-${process.pid}`);
  mkdirSync(path);
  cleanUp(t, async () => {
    writeFileSync(join(path, "cgroup.kill"), "1");
    const populated = (): boolean => /^populated 1$/m.test(readFileSync(join(path, "cgroup.events"), "utf8"));
    await until("the members to be gone", () => !populated());
    for (const group of groups(path)) rmdirSync(join(path, group));
    rmdirSync(path);
  });
  return path;
}

/** The groups that are below a parent now. */
function groups(parent: string): string[] {
  return readdirSync(parent, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

test("a process starts inside a group of its own, which is gone after it", { skip }, async (t) => {
  const cgroupParent = ownParent(t);
  const running = supervise(t, { cgroupParent }).spawn(
    sh(`${WHERE}; read go`, { cgroup: {}, stdin: "pipe", stdout: "pipe" }),
  );
  const where = await firstLine(running);
  assert.deepEqual(groups(cgroupParent), [where.split("/").at(-1)]);
  running.stdin?.end();
  assert.equal((await running.exited).how, "exit");
  await until("the group to be removed", () => groups(cgroupParent).length === 0);
});

test("a relative parent stays what it was when the program goes elsewhere", { skip }, async (t) => {
  const cgroupParent = ownParent(t);
  const before = process.cwd();
  const supervisor = supervise(t, { cgroupParent: relative(before, cgroupParent) });
  cleanUp(t, () => process.chdir(before));
  process.chdir(import.meta.dirname);
  const record = await supervisor.spawn(sh(WHERE, { cgroup: {} })).exited;
  assert.ok(printed(record).includes(`/${basename(cgroupParent)}/`), `${record.step} ${record.errno}`);
});

test("the end of the process ends what escaped its group, and the group is gone without more ado", {
  skip,
}, async (t) => {
  const cgroupParent = ownParent(t);
  // It holds no output, so the record does not wait for its end: the group is still in use when it is first to be removed.
  const daemon = "exec >/dev/null 2>&1; trap : TERM; while :; do sleep 60; done";
  const record = await supervise(t, { cgroupParent }).spawn(
    sh(`${escaping(daemon)}; echo $pid; exit 2`, { cgroup: {} }),
  ).exited;
  assert.deepEqual(ending(record), ended("exit", { code: 2 }));
  await gone(Number(printed(record)));
  await until("the group to be removed", () => groups(cgroupParent).length === 0);
});

test("with linger, what escaped lives as long as the group may", { skip }, async (t) => {
  const cgroupParent = ownParent(t);
  const supervisor = supervise(t, { cgroupParent });
  const script = `sleep 60 & ${escaping("exec sleep 60")}; echo $pid`;
  const record = await supervisor.spawn(sh(script, { cgroup: {}, linger: LONG, drain: 0 })).exited;
  const escaped = Number(printed(record));
  endAfter(t, escaped);
  assert.ok(alive(escaped));
  await supervisor.close();
  await gone(escaped);
  assert.deepEqual(groups(cgroupParent), []);
});

test("several supervisors can share a parent: none ends the processes of another", { skip }, async (t) => {
  const cgroupParent = ownParent(t);
  const [one, two] = [supervise(t, { cgroupParent }), supervise(t, { cgroupParent })];
  const spec = sh(`${WHERE}; read go; exit 0`, { cgroup: {}, stdin: "pipe", stdout: "pipe" });
  const [first, second] = [one.spawn(spec), two.spawn(spec)];
  assert.notEqual(await firstLine(first), await firstLine(second));
  first.stdin?.end("go\n");
  await first.exited;
  await until("one group to be removed", () => groups(cgroupParent).length === 1);
  second.stdin?.end("go\n");
  assert.deepEqual(ending(await second.exited), ended("exit", { code: 0 }));
});

test("what may not be signalled is ended with its group", {
  skip: skip || (probe().setuid ? false : "only a privileged program can start processes as somebody else"),
}, async (t) => {
  const cgroupParent = ownParent(t);
  const { argv } = sh("exec sleep 60");
  const spec = { argv, user: 54_321, timeout: 10, grace: 10, cgroup: {} };
  const powerless = ["setpriv", "--bounding-set", "-kill", "--inh-caps", "-kill"];
  const args = [JSON.stringify({ supervisor: { cgroupParent }, spec })];
  const host = startHost(t, "confined.ts", { wrapper: powerless, args });
  const { how, signal, found } = await host.next<{ how: string; signal: string; found: Probe }>();
  assert.deepEqual([how, signal, found.kill], ["timeout", "SIGKILL", false]);
});

test("closing leaves no group behind", { skip }, async (t) => {
  const cgroupParent = ownParent(t);
  const supervisor = supervise(t, { cgroupParent });
  const all = Array.from({ length: 20 }, () => {
    return supervisor.spawn(sh(`${escaping("exec sleep 60")}; exec sleep 60`, { cgroup: {} }));
  });
  await Promise.all(all.map(({ started }) => started));
  assert.equal(groups(cgroupParent).length, 20);
  await supervisor.close();
  await until("no group to be left", () => groups(cgroupParent).length === 0);
});

test("a start that fails inside a group leaves none", { skip }, async (t) => {
  const cgroupParent = ownParent(t);
  const supervisor = supervise(t, { cgroupParent });
  const record = await supervisor.spawn({ argv: ["/nonexistent"], env: [], cgroup: {} }).exited;
  assert.deepEqual(ending(record), ended("spawn-error", { step: "execve", errno: "ENOENT" }));
  await until("no group to be left", () => groups(cgroupParent).length === 0);
});

test("a parent that went away is a failed start: cgroup mkdir, ENOENT", { skip }, async (t) => {
  const path = join(own ?? "", `urocket-test-${process.pid}-gone`);
  mkdirSync(path);
  const supervisor = supervise(t, { cgroupParent: path });
  rmdirSync(path);
  const record = await supervisor.spawn({ argv: ["/bin/true"], env: [], cgroup: {} }).exited;
  assert.deepEqual(ending(record), ended("spawn-error", { step: "cgroup mkdir", errno: "ENOENT" }));
});

test("a parent that is no cgroup is refused when the supervisor is made", () => {
  assert.throws(() => new Supervisor({ cgroupParent: "/etc" }), { code: "spawn-spec-invalid" });
  assert.equal(existsSync("/etc/cgroup.procs"), false);
});

test("each missing controller is warned of once, whoever asks for it", { skip }, async (t) => {
  const cgroupParent = ownParent(t);
  const warnings: [string | undefined, string][] = [];
  const listen = (warning: Error & { code?: string }): void => void warnings.push([warning.code, warning.message]);
  process.on("warning", listen);
  cleanUp(t, () => process.off("warning", listen));
  const supervisor = supervise(t, { cgroupParent });
  for (let round = 0; round < 3; round++) {
    await supervisor.spawn(sh("exit 0", { cgroup: { cpu: 1 } })).exited;
  }
  const missing = "no cgroup v2 `cpu` controller is delegated to us: nothing bounds its share of the CPUs";
  assert.deepEqual(warnings, [["UROCKET_CGROUP_FALLBACK", missing]]);
});

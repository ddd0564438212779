import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { compileLibrary } from "../helpers/process-compile.ts";
import { startHost } from "../helpers/process-host.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

interface Outcome {
  readonly record: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
  /** What was written to the files of the process's own group. */
  readonly written: Readonly<Record<string, string>>;
}

/** A directory that looks like a cgroup v2 with these controllers; a process is run below it. */
async function runBelow(t: TestContext, controllers: string, spec: object): Promise<Outcome> {
  const parent = join(temporaryDirectory(t), "cgroup");
  mkdirSync(parent);
  writeFileSync(join(parent, "cgroup.procs"), "");
  writeFileSync(join(parent, "cgroup.subtree_control"), `${controllers}\n`);
  // No kernel would start a process inside an ordinary directory: it joins by writing to cgroup.procs.
  const supervisor = { cgroupParent: parent, without: ["clone3"] };
  const host = startHost(t, "confined.ts", {
    args: [JSON.stringify({ supervisor, spec })],
    env: { LD_PRELOAD: compileLibrary(t, "cgroupfs"), IMITATED_CGROUP: parent },
  });
  const { warnings, ...record } = await host.next<{ warnings: string[] }>();
  assert.equal((await host.exited).code, 0);
  const [group, ...others] = readdirSync(parent).filter((name) => !name.startsWith("cgroup."));
  assert.deepEqual(others, [], "expected one group");
  assert.match(group ?? "", /^urocket-\d+-[0-9a-f]{8}-1\.removed$/, "expected the group to be removed");
  const directory = join(parent, group as string);
  const files = readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), "utf8")]);
  return { record, warnings, written: Object.fromEntries(files.filter(([, content]) => content !== "")) };
}

test("each limit is written where its controller is delegated, before the process joins", async (t) => {
  const cgroup = { memory: 50_000_000, cpu: 1.5, pids: 20 };
  const argv = ["/bin/sh", "-c", "ulimit -v; ulimit -u; exit 3"];
  const { record, warnings, written } = await runBelow(t, "cpu memory pids", { argv, cgroup });
  assert.deepEqual([record.how, record.code], ["exit", 3]);
  assert.deepEqual(warnings, []);
  assert.deepEqual(written, {
    "cgroup.procs": "0",
    "cgroup.kill": "1",
    "memory.max": "50000000",
    "memory.oom.group": "1",
    "cpu.max": "150000 100000",
    "pids.max": "20",
  });
  assert.notEqual(String(record.stdout).split("\n")[0], String(50_000_000 / 1024), "expected no rlimit beside it");
});

test("half of the controllers: the rest falls back to rlimits, and a warning says what is bounded then", async (t) => {
  const cgroup = { memory: 512_000_000, cpu: 0.0001, pids: 4000 };
  const argv = ["/bin/sh", "-c", "ulimit -v; grep 'Max processes' /proc/self/limits"];
  const { record, warnings, written } = await runBelow(t, "cpu", { argv, cgroup });
  assert.equal(record.code, 0);
  // The kernel takes no quota below one millisecond.
  assert.deepEqual(written, { "cgroup.procs": "0", "cgroup.kill": "1", "cpu.max": "1000 100000" });
  assert.match(String(record.stdout), /^500000\nMax processes +4000 +4000 /);
  assert.deepEqual(warnings, [
    "no cgroup v2 `memory` controller is delegated to us: RLIMIT_AS bounds the address space of each of its processes",
    "no cgroup v2 `pids` controller is delegated to us: RLIMIT_NPROC bounds all processes of its user (and none of root's)",
  ]);
});

test("a group is removed when its process could not be started", async (t) => {
  const { record, written } = await runBelow(t, "pids", { argv: ["/nonexistent"], cgroup: { pids: 5 } });
  assert.deepEqual([record.how, record.step, record.errno], ["spawn-error", "execve", "ENOENT"]);
  assert.equal(written["pids.max"], "5");
});

test("a bound of the spec's own rlimits stands above the fallback", async (t) => {
  const argv = ["/bin/sh", "-c", "ulimit -v"];
  const rlimits = { as: 1_024_000_000 };
  const { record } = await runBelow(t, "", { argv, rlimits, cgroup: { memory: 512_000_000 } });
  assert.equal(record.stdout, "1000000\n");
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { describeMachine } from "../../lib/cli/check/machine.ts";
import { ownPrivileges, type Privileges } from "../../lib/cli/check/privileges.ts";
import { findWarnings } from "../../lib/cli/check/warnings.ts";
import { parseConfig } from "../../lib/config/parse.ts";
import type { Probe } from "../../lib/process/index.ts";
import { route } from "../helpers/route.ts";
import { folderWith } from "./urocket.ts";

/** A machine that offers everything. */
const GOOD: Probe = {
  kernel: "6.9.0",
  sharedMemory: true,
  clone3: true,
  pidfd: true,
  groupSignal: true,
  closeRange: true,
  subreaper: true,
  setuid: true,
  kill: true,
  cgroup: { own: "/sys/fs/cgroup/x", writable: true, controllers: ["cpu", "memory", "pids"] },
};
const POOR: Probe = {
  ...GOOD,
  sharedMemory: false,
  clone3: false,
  pidfd: false,
  groupSignal: false,
  closeRange: false,
  subreaper: false,
  setuid: false,
  kill: false,
  cgroup: { own: null, writable: false, controllers: [] },
};

const ALL: Privileges = { lowerNice: true, raiseRlimits: true, nice: 0, hard: { nofile: 100, nice: 0 } };
const NONE: Privileges = { ...ALL, lowerNice: false, raiseRlimits: false };

/** The warnings of a configuration with these settings in its route and these at its top, without their places. */
function warnings(t: TestContext, settings: string, top = "", machine = GOOD, privileges = ALL): string[] {
  const folder = folderWith(t);
  const text = `{socketpath: u.sock, ${top} paths: {/pets: {post: {cmd: /bin/true, ${settings}}}}}`;
  const config = parseConfig(text, join(folder, "u.yaml"));
  const found = findWarnings("u.yaml", config, [route()], machine, privileges);
  return found.map((line) => line.replace(/^u\.yaml(:\d+:\d+: post \/pets)?: /, "").replaceAll(folder, "$"));
}

test("nothing is wrong where everything is there", (t) => {
  assert.deepEqual(warnings(t, "user: 0, group: 0, cgroup: {memory: 1GiB, cpu: 1, pids: 9}"), []);
});

test("users and groups that this system does not know are told", (t) => {
  assert.deepEqual(warnings(t, "user: no-such-user, group: no-such-group", "socketgroup: no-such-group,"), [
    'expected `socketgroup` to be a group of this system, got "no-such-group"',
    'expected `user` to be a user of this system, got "no-such-user"',
    'expected `group` to be a group of this system, got "no-such-group"',
  ]);
});

test("a change of user without the privilege is told", (t) => {
  assert.deepEqual(warnings(t, "user: 0, group: 0", "", { ...GOOD, setuid: false }), [
    "expected the privilege to change to `user` 0, got none: give urocket CAP_SETUID and CAP_SETGID, or drop it",
    "expected the privilege to change to `group` 0, got none: give urocket CAP_SETUID and CAP_SETGID, or drop it",
  ]);
});

test("a user whose processes could not be ended is told", (t) => {
  assert.deepEqual(warnings(t, "user: 0", "", { ...GOOD, kill: false }), [
    "expected the privilege to end processes of `user` 0, got none: give urocket CAP_KILL, or no deadline is kept",
  ]);
  const lines = describeMachine({ ...GOOD, kill: false });
  assert.ok(lines.includes("- processes can run as other users and not be ended: CAP_KILL is missing"));
});

test("bounds of a cgroup that nothing enforces are told", (t) => {
  const bounded = "cgroup: {memory: 1GiB, cpu: 1}";
  const half = { ...GOOD.cgroup, controllers: ["memory"] };
  assert.deepEqual(warnings(t, bounded, "", { ...GOOD, cgroup: half }), [
    "expected the cgroup controller `cpu` to be delegated to us, got memory",
  ]);
  assert.deepEqual(warnings(t, bounded, "", POOR), [
    "expected a cgroup v2 that is ours to write, got none: resource limits stand in for `cgroup`",
  ]);
});

test("a niceness or a hard limit that we may not give is told", (t) => {
  const wanted = "nice: -5, rlimits: {nofile: {soft: 50, hard: 101}, as: unlimited, core: 0}";
  assert.deepEqual(warnings(t, wanted), []);
  assert.deepEqual(warnings(t, wanted, "", GOOD, NONE), [
    "expected `nice` to be at least 0, got -5: give urocket CAP_SYS_NICE, or drop it",
    "expected `rlimits.nofile` to be at most our own hard limit 100, got 101: give urocket CAP_SYS_RESOURCE, or lower it",
  ]);
  assert.deepEqual(warnings(t, "nice: 0, rlimits: {nofile: 100}", "", GOOD, NONE), []);
  assert.deepEqual(warnings(t, "nice: -5", "", GOOD, { ...NONE, hard: { nice: 25 } }), []);
});

test("our own privileges and limits are those of this process", () => {
  const { nice, hard, lowerNice, raiseRlimits } = ownPrivileges();
  const { stdout } = spawnSync("/bin/sh", ["-c", "nice; ulimit -Hn"], { encoding: "utf8" });
  assert.deepEqual(stdout.split("\n"), [String(nice), String(hard.nofile ?? "unlimited"), ""]);
  assert.deepEqual([typeof lowerNice, typeof raiseRlimits], ["boolean", "boolean"]);
});

test("a good machine has no fallback in force, a poor one has them all", () => {
  assert.ok(describeMachine(GOOD).every((line) => !line.startsWith("-")));
  const poor = describeMachine(POOR);
  assert.equal(poor.filter((line) => line.startsWith("-")).length, 8);
  assert.match(poor.join("\n"), /^- no clone3: clone stands in/m);
  assert.match(poor.join("\n"), /^- no cgroup v2: `cgroup` comes down to resource limits$/m);
});

test("a missing controller is told with what bounds a process instead", () => {
  const lines = describeMachine({ ...GOOD, cgroup: { ...GOOD.cgroup, controllers: ["memory", "pids"] } });
  assert.deepEqual(
    lines.filter((line) => line.startsWith("-")),
    ["- no cgroup controller `cpu`: nothing bounds its share of the CPUs"],
  );
});

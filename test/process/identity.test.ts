import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { probe } from "../../lib/process/index.ts";
import { startHost } from "../helpers/process-host.ts";
import { statusLine } from "../helpers/process-proc.ts";
import { ended, ending, printed, type Rest, runCommand } from "../helpers/process-supervisor.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const skip = probe().setuid ? false : "only a privileged program can start processes as somebody else";

/** An id that nobody has. */
const STRANGER = 54_321;

/** What this machine says of the user "nobody" and the group "daemon". */
const [nobody, group, groups] = ["-u", "-g", "-G"].map((flag) => id(flag, "nobody")) as [string, string, string];
const daemon = execFileSync("getent", ["group", "daemon"], { encoding: "utf8" }).split(":")[2] as string;

type Identity = readonly [uid: string, gid: string, groups: string];

function id(...args: readonly string[]): string {
  return execFileSync("id", args, { encoding: "utf8" }).trim();
}

async function identityOf(t: TestContext, rest: Rest): Promise<Identity> {
  const status = printed(await runCommand(t, ["/bin/cat", "/proc/self/status"], rest));
  const ids = (name: string): string => [...new Set(statusLine(status, name)?.split(/\s+/))].join(" ");
  return [ids("Uid"), ids("Gid"), (statusLine(status, "Groups") ?? "").trim()];
}

test("without an identity it is our own", async (t) => {
  const [uid, gid] = await identityOf(t, {});
  assert.deepEqual([Number(uid), Number(gid)], [process.getuid?.(), process.getgid?.()]);
});

test("a user by name brings its own group and groups, and none of ours", { skip }, async (t) => {
  assert.deepEqual(await identityOf(t, { user: "nobody" }), [nobody, group, groups]);
});

test("a user by number that has an entry is the same as by name", { skip }, async (t) => {
  assert.deepEqual(await identityOf(t, { user: Number(nobody) }), await identityOf(t, { user: "nobody" }));
});

test("a number without an entry is itself, with its own number as group and no others", { skip }, async (t) => {
  assert.deepEqual(await identityOf(t, { user: STRANGER }), [`${STRANGER}`, `${STRANGER}`, ""]);
});

test("a group of its own, by name or number, and groups instead of the user's", { skip }, async (t) => {
  const user = STRANGER;
  assert.deepEqual(await identityOf(t, { user, group: "daemon" }), [`${user}`, daemon, ""]);
  assert.deepEqual(await identityOf(t, { user, group: 77, groups: [70_005, "daemon", 70_009] }), [
    `${user}`,
    "77",
    `${daemon} 70005 70009`,
  ]);
  assert.deepEqual(await identityOf(t, { user: "nobody", groups: [] }), [nobody, group, ""]);
});

test("a group alone leaves the user, and takes our supplementary groups away", { skip }, async (t) => {
  assert.deepEqual(await identityOf(t, { group: 77 }), [`${process.getuid?.()}`, "77", "77"]);
});

test("a group is known by name however many members it has", { skip }, async (t) => {
  if (spawnSync("unshare", ["--mount", "true"]).status !== 0)
    return t.skip("this machine lets us make no mounts of our own");
  const file = join(temporaryDirectory(t), "group");
  const members = Array.from({ length: 20_000 }, (_, n) => `member-${n}`).join();
  writeFileSync(file, `root:x:0:\ncrowd:x:70007:${members}\n`);
  const mounted = ["unshare", "--mount", "sh", "-c", 'mount --bind "$0" /etc/group && exec "$@"', file];
  const spec = { argv: ["/bin/cat", "/proc/self/status"], user: STRANGER, group: "crowd" };
  const host = startHost(t, "confined.ts", { wrapper: mounted, args: [JSON.stringify({ spec })] });
  const { stdout } = await host.next<{ stdout: string }>();
  assert.match(statusLine(stdout, "Gid") ?? "", /^70007\b/);
});

test("another user has no capability left", { skip }, async (t) => {
  const status = printed(await runCommand(t, ["/bin/cat", "/proc/self/status"], { user: STRANGER }));
  assert.equal(statusLine(status, "CapEff"), "0000000000000000");
});

test("the working directory is entered and the program executed as that user", { skip }, async (t) => {
  const directory = temporaryDirectory(t);
  const denied = await runCommand(t, ["/bin/true"], { user: STRANGER, cwd: directory });
  assert.deepEqual(ending(denied), ended("spawn-error", { step: "chdir", errno: "EACCES" }));
  writeFileSync(join(directory, "program"), "#!/bin/sh\n", { mode: 0o755 });
  const hidden = await runCommand(t, [join(directory, "program")], { user: STRANGER });
  assert.deepEqual(ending(hidden), ended("spawn-error", { step: "execve", errno: "EACCES" }));
});

test("a process of another user can be ended like any other", { skip }, async (t) => {
  const record = await runCommand(t, ["/bin/sleep", "60"], { user: STRANGER, timeout: 10 });
  assert.deepEqual(ending(record), ended("timeout", { signal: "SIGTERM" }));
});

test("everything else asked for holds for another user too", { skip }, async (t) => {
  const script = "umask; nice; ulimit -n; cat /proc/self/oom_score_adj; id -u";
  const rest = { user: STRANGER, umask: 0o077, nice: -5, oomScoreAdj: 500, rlimits: { nofile: 99 }, noNewPrivs: true };
  assert.equal(printed(await runCommand(t, ["/bin/sh", "-c", script], rest)), `0077\n-5\n99\n500\n${STRANGER}\n`);
});

test("somebody else without privilege is refused: setgroups, EPERM", async (t) => {
  if (!skip) return t.skip("we are privileged");
  const record = await runCommand(t, ["/bin/true"], { user: STRANGER });
  assert.deepEqual(ending(record), ended("spawn-error", { step: "setgroups", errno: "EPERM" }));
});

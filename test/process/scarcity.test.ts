import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { probe } from "../../lib/process/index.ts";
import { startHost } from "../helpers/process-host.ts";
import { command, ended, ending, supervise } from "../helpers/process-supervisor.ts";

/** A user that nobody else is, not even another run of this test: only our own processes count. */
const STRANGER = 1_000_000_000 + process.pid;
const privileged = probe().setuid;
const skip = privileged ? false : "only a privileged program can start processes as somebody else";

test("without descriptors starts fail with EMFILE, of processes and of supervisors, and succeed once there are some", async (t) => {
  const host = startHost(t, "scarce.ts", { wrapper: ["prlimit", "--nofile=300:300"] });
  const { short, supervisors, unheld, after } = await host.next<Readonly<Record<string, unknown[]>>>();
  assert.deepEqual(short?.slice(0, 2), [
    ["spawn-error", null, "pipe2", "EMFILE"],
    ["spawn-error", null, "pipe2", "EMFILE"],
  ]);
  for (const [how, , , errno] of short as unknown[][]) {
    if (how !== "exit") assert.equal(errno, "EMFILE");
  }
  const unavailable = ["supervisor-unavailable", "expected the reactor to start, got EMFILE"];
  assert.deepEqual(supervisors, [
    [...unavailable, 0],
    [...unavailable, 1],
    [...unavailable, 2],
  ]);
  assert.deepEqual(
    unheld,
    ["spawn-error", null, "fcntl", "EMFILE", ""],
    "expected nothing in a file it was not promised",
  );
  assert.deepEqual(after, ["exit", 0, null, null]);
  const { code, stderr } = await host.exited;
  assert.deepEqual([code, stderr], [0, ""]);
});

test("a user with too many processes is refused another: execve, EAGAIN, until one of them ends", {
  skip,
}, async (t) => {
  const supervisor = supervise(t);
  const bounded = { user: STRANGER, rlimits: { nproc: 1 } };
  // The kernel looks at the bound before it counts the new one in, so there is room for one more than the bound says.
  const both = [0, 1].map(() => supervisor.spawn(command(["/bin/sleep", "60"], bounded)));
  await both[0]?.started;
  await both[1]?.started;
  const third = await supervisor.spawn(command(["/bin/true"], bounded)).exited;
  assert.deepEqual(ending(third), ended("spawn-error", { step: "execve", errno: "EAGAIN" }));
  both[0]?.kill();
  await both[0]?.exited;
  const fourth = await supervisor.spawn(command(["/bin/true"], bounded)).exited;
  assert.deepEqual(ending(fourth), ended("exit", { code: 0 }));
});

test("when we ourselves may have no more processes, starts fail with EAGAIN until there is room", {
  skip,
}, async (t) => {
  const become = ["setpriv", `--reuid=${STRANGER}`, `--regid=${STRANGER}`, "--clear-groups"];
  const reachable = ["sh", "-c", 'test -r "$1" && test -x "$2"', "sh", import.meta.filename, process.execPath];
  const isReachable = spawnSync(become[0] as string, [...become.slice(1), ...reachable]).status === 0;
  if (!isReachable) return t.skip("another user can't read these files or run this node");
  const host = startHost(t, "crowded.ts", { wrapper: [...become, "prlimit", "--nproc=60:60"], args: ["100"] });
  const { refused, kinds, code } = await host.next();
  assert.ok(Number(refused) > 0 && Number(refused) < 100, `expected some of 100 to be refused, got ${refused}`);
  assert.deepEqual(kinds, ["spawn-error clone3 EAGAIN"]);
  assert.equal(code, 0);
  assert.equal((await host.exited).code, 0);
});

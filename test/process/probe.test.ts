import assert from "node:assert/strict";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { probe } from "../../lib/process/index.ts";

test("the probe tells the kernel and which of its abilities are there", () => {
  const { kernel, sharedMemory, clone3, pidfd, groupSignal, closeRange } = probe();
  assert.equal(kernel, release());
  for (const ability of [sharedMemory, clone3, pidfd, groupSignal, closeRange]) assert.equal(typeof ability, "boolean");
  // Signals to the group of a pidfd came long after pidfds.
  if (groupSignal) assert.ok(pidfd);
});

test("the probe tells whether orphans can be found, and whether other users can be had and ended", () => {
  const { subreaper, setuid, kill } = probe();
  assert.equal(subreaper, existsSync(`/proc/self/task/${process.pid}/children`));
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  assert.equal(setuid, (BigInt(`0x${effective}`) & 0xc0n) === 0xc0n);
  assert.equal(kill, (BigInt(`0x${effective}`) & 0x20n) === 0x20n);
});

test("the probe tells our cgroup v2, whether groups can be made there, and with which controllers", () => {
  const { own, writable, controllers } = probe().cgroup;
  if (own === null) {
    assert.doesNotMatch(readFileSync("/proc/self/mountinfo", "utf8"), / - cgroup2 /);
    assert.deepEqual([writable, controllers], [false, []]);
    return;
  }
  assert.ok(readFileSync(join(own, "cgroup.procs"), "utf8").split("\n").includes(String(process.pid)));
  assert.equal(writable, isWritable(own) && isWritable(join(own, "cgroup.procs")));
  if (!writable) return assert.deepEqual(controllers, []);
  const delegated = readFileSync(join(own, "cgroup.subtree_control"), "utf8").trim();
  assert.equal(controllers.join(" "), delegated);
});

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { type TestContext, test } from "node:test";
import { probe } from "../../lib/process/index.ts";
import { type HostOptions, startHost } from "../helpers/process-host.ts";

const NAMESPACE = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];
const namespaces = spawnSync(NAMESPACE[0] as string, [...NAMESPACE.slice(1), "true"]).status === 0;
const skip = probe().subreaper ? false : "this kernel does not list the children of a process";

async function assertReaps(t: TestContext, options: HostOptions = {}): Promise<unknown> {
  const host = startHost(t, "orphans.ts", options);
  const own = await host.next();
  assert.deepEqual(
    own.codes,
    Array.from({ length: 60 }, (_, n) => n),
    "expected node to get its own exit codes",
  );
  assert.deepEqual([own.sync, own.ended], [[0, 1, 2], 40]);
  const { pid, left, reaped } = await host.next();
  assert.deepEqual([left, reaped], [[], true]);
  assert.deepEqual(await host.next(), { reaped: true });
  const { code, stderr } = await host.exited;
  assert.deepEqual([code, stderr], [0, ""]);
  return pid;
}

test("a subreaper reaps the orphans of its processes, and node its own children", { skip }, async (t) => {
  await assertReaps(t);
});

test("as PID 1 no zombie stays, whatever the processes leave behind", { skip }, async (t) => {
  if (!namespaces) return t.skip("this machine lets us make no PID namespace");
  assert.equal(await assertReaps(t, { wrapper: NAMESPACE }), 1);
});

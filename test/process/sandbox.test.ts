import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { type TestContext, test } from "node:test";
import { type Probe, probe } from "../../lib/process/index.ts";
import { compileLibrary } from "../helpers/process-compile.ts";
import { startHost } from "../helpers/process-host.ts";
import { sh } from "../helpers/process-supervisor.ts";

const ENOSYS = 38;
const EPERM = 1;
const EINVAL = 22;

type Missing = Partial<Pick<Probe, "clone3" | "pidfd" | "groupSignal" | "closeRange">>;

/** What a kernel or a container may refuse, and what is missing then. */
const SANDBOXES: readonly [what: string, forbidden: Readonly<Record<string, number>>, missing: Missing][] = [
  ["no clone3", { clone3: ENOSYS }, { clone3: false }],
  ["no descriptors for processes", { pidfd_open: EPERM }, { pidfd: false, groupSignal: false }],
  ["no close_range", { close_range: EPERM }, { closeRange: false }],
  ["a close_range without flags", { close_range_flags: EINVAL }, {}],
  [
    "none of them",
    { clone3: ENOSYS, pidfd_open: ENOSYS, close_range: ENOSYS },
    { clone3: false, pidfd: false, groupSignal: false, closeRange: false },
  ],
];

for (const [what, forbidden, missing] of SANDBOXES) {
  test(`in a sandbox with ${what} processes run and end as elsewhere, and the probe tells`, async (t) => {
    const env = sandbox(t, forbidden);
    if (spawnSync("true", { env }).status === 99) return t.skip("this machine has no seccomp filters");
    const { argv } = sh("ls /proc/self/fd | wc -l; sleep 60 & exit 7");
    const spec = { argv, env: ["PATH=/usr/bin:/bin"], drain: 600_000, fds: { 9: 0 } };
    const host = startHost(t, "confined.ts", { env, args: [JSON.stringify({ spec })] });
    const { how, code, stdout, found } = await host.next<Record<string, unknown> & { found: Probe }>();
    // Three, the promised one, and that of ls.
    assert.deepEqual([how, code, stdout], ["exit", 7, "5\n"]);
    assert.deepEqual(found, { ...probe(), ...missing });
    assert.deepEqual((await host.exited).stderr, "");
  });
}

function sandbox(t: TestContext, forbidden: Readonly<Record<string, number>>): Record<string, string> {
  const list = Object.entries(forbidden).map(([call, errno]) => `${call}=${errno}`);
  return { LD_PRELOAD: compileLibrary(t, "sandbox"), FORBIDDEN: list.join(" ") };
}

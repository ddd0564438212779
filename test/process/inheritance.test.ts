import assert from "node:assert/strict";
import { closeSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { cleanUp } from "../helpers/clean-up.ts";
import { openDescriptors } from "../helpers/leaks.ts";
import { compileLibrary, load } from "../helpers/process-compile.ts";
import { statusLine } from "../helpers/process-proc.ts";
import { firstLine } from "../helpers/process-ready.ts";
import { printed, runCommand, runScript, sh, supervise } from "../helpers/process-supervisor.ts";

/** Bit of SIGPIPE in the masks of proc_pid_status(5). */
const SIGPIPE = 1n << 12n;

test("every signal has its default disposition and none is blocked, although we ignore SIGPIPE", async (t) => {
  const ignored = statusLine(readFileSync("/proc/self/status", "utf8"), "SigIgn");
  assert.notEqual(BigInt(`0x${ignored}`) & SIGPIPE, 0n, "expected node to ignore SIGPIPE, else this proves nothing");
  const status = printed(await runCommand(t, ["/bin/cat", "/proc/self/status"]));
  for (const name of ["SigBlk", "SigIgn", "SigCgt"]) assert.equal(statusLine(status, name), "0000000000000000", name);
});

test("a writer without a reader ends by SIGPIPE, as in a shell", async (t) => {
  const record = await runScript(t, "{ yes; kill -l $? >&2; } | head -n 1");
  assert.equal(record.stderr.data.toString(), "PIPE\n");
});

test("each process leads a session and a group of its own, or only a group if asked", async (t) => {
  const script = "exec cat /proc/self/stat";
  const apart = printed(await runScript(t, script))
    .split(" ")
    .map(Number);
  assert.deepEqual([apart[4], apart[5]], [apart[0], apart[0]]);
  const near = printed(await runScript(t, script, { newSession: false }))
    .split(" ")
    .map(Number);
  const ours = readFileSync("/proc/self/stat", "utf8").split(" ").map(Number);
  assert.deepEqual([near[4], near[5]], [near[0], ours[5]]);
});

test("the soft limit of open files is brought down to 1024, the hard one left", async (t) => {
  const [soft, hard] = limits(readFileSync("/proc/self/limits", "utf8"));
  if (Number(soft) <= 1024) return t.skip("our own limit is not above 1024");
  const theirs = printed(await runScript(t, "cat /proc/self/limits"));
  assert.deepEqual(limits(theirs), ["1024", hard]);
});

for (const without of [[], ["close-range"]] as const) {
  const title = "a child gets its three standard descriptors and those it was promised, no other";
  test(without.length === 0 ? title : `${title}, without ${without}`, async (t) => {
    const before = new Set(openDescriptors(process.pid).keys());
    load(compileLibrary(t, "inheritable"));
    const opened = [...openDescriptors(process.pid).keys()].filter((fd) => !before.has(fd)).map(Number);
    assert.ok(opened.length >= 300, "expected many inheritable descriptors, else this proves nothing");
    const spec = sh("echo ready; read go; exit 0", { stdin: "pipe", stdout: "pipe", fds: { 5: 0, 60: 0 } });
    const running = supervise(t, { without }).spawn(spec);
    cleanUp(t, () => {
      for (const fd of opened) closeSync(fd);
    });
    await firstLine(running);
    const theirs = openDescriptors(running.pid ?? 0);
    assert.deepEqual([...theirs.keys()].map(Number).sort(ascending), [0, 1, 2, 5, 60]);
    assert.equal(theirs.get("5"), openDescriptors(process.pid).get("0"));
    running.stdin?.end("go\n");
    assert.equal((await running.exited).code, 0);
  });
}

function ascending(left: number, right: number): number {
  return left - right;
}

function limits(text: string): (string | undefined)[] {
  return /^Max open files +(\S+) +(\S+)/m.exec(text)?.slice(1) ?? [];
}

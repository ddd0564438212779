import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { statusLine } from "../helpers/process-proc.ts";
import { ended, ending, printed, runCommand, runScript } from "../helpers/process-supervisor.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const privileged = process.getuid?.() === 0;

/** [soft, hard] of a line of proc_pid_limits(5). */
function limit(text: string, title: string): (string | undefined)[] {
  return new RegExp(`^${title} +(\\S+) +(\\S+)`, "m").exec(text)?.slice(1) ?? [];
}

test("bounds on resources are in force, soft and hard", async (t) => {
  const rlimits = {
    cpu: 100,
    fsize: { soft: 1_000_000, hard: 2_000_000 },
    data: 900_000_000,
    stack: 4_194_304,
    core: 0,
    rss: 800_000_000,
    nproc: 5000,
    nofile: { soft: 64, hard: 128 },
    memlock: 65_536,
    as: 1_000_000_000,
    locks: 1000,
    sigpending: 500,
    msgqueue: 4096,
    nice: 0,
    rtprio: 0,
    rttime: 1_000_000,
  };
  const limits = printed(await runScript(t, "cat /proc/self/limits", { rlimits }));
  assert.deepEqual(limit(limits, "Max cpu time"), ["100", "100"]);
  assert.deepEqual(limit(limits, "Max file size"), ["1000000", "2000000"]);
  assert.deepEqual(limit(limits, "Max data size"), ["900000000", "900000000"]);
  assert.deepEqual(limit(limits, "Max stack size"), ["4194304", "4194304"]);
  assert.deepEqual(limit(limits, "Max core file size"), ["0", "0"]);
  assert.deepEqual(limit(limits, "Max resident set"), ["800000000", "800000000"]);
  assert.deepEqual(limit(limits, "Max processes"), ["5000", "5000"]);
  assert.deepEqual(limit(limits, "Max open files"), ["64", "128"]);
  assert.deepEqual(limit(limits, "Max locked memory"), ["65536", "65536"]);
  assert.deepEqual(limit(limits, "Max address space"), ["1000000000", "1000000000"]);
  assert.deepEqual(limit(limits, "Max file locks"), ["1000", "1000"]);
  assert.deepEqual(limit(limits, "Max pending signals"), ["500", "500"]);
  assert.deepEqual(limit(limits, "Max msgqueue size"), ["4096", "4096"]);
  assert.deepEqual(limit(limits, "Max nice priority"), ["0", "0"]);
  assert.deepEqual(limit(limits, "Max realtime priority"), ["0", "0"]);
  assert.deepEqual(limit(limits, "Max realtime timeout"), ["1000000", "1000000"]);
});

test("a bound may be unlimited", async (t) => {
  const ours = limit(readFileSync("/proc/self/limits", "utf8"), "Max cpu time");
  if (ours[1] !== "unlimited") return t.skip("our own CPU time is bounded");
  const rlimits = { cpu: { soft: 9, hard: "unlimited" } } as const;
  const limits = printed(await runCommand(t, ["/bin/cat", "/proc/self/limits"], { rlimits }));
  assert.deepEqual(limit(limits, "Max cpu time"), ["9", "unlimited"]);
  const both = printed(await runCommand(t, ["/bin/cat", "/proc/self/limits"], { rlimits: { cpu: "unlimited" } }));
  assert.deepEqual(limit(both, "Max cpu time"), ["unlimited", "unlimited"]);
});

test("a bound given for open files stands instead of the usual 1024", async (t) => {
  const rlimits = { nofile: { soft: 2000, hard: 3000 } };
  assert.equal(printed(await runScript(t, "ulimit -Sn; ulimit -Hn", { rlimits })), "2000\n3000\n");
});

test("writing beyond the bound on files ends the process by SIGXFSZ", async (t) => {
  const cwd = temporaryDirectory(t);
  const record = await runScript(t, "exec head -c 100000 /dev/zero >file", { cwd, rlimits: { fsize: 1000, core: 0 } });
  assert.deepEqual(ending(record), ended("signal", { signal: "SIGXFSZ" }));
  assert.equal(statSync(join(cwd, "file")).size, 1000);
});

test("a bound that only root may set is refused to others: prlimit, EPERM", async (t) => {
  if (!privileged) {
    const hard = Number(limit(readFileSync("/proc/self/limits", "utf8"), "Max open files")[1]);
    const record = await runCommand(t, ["/bin/true"], { rlimits: { nofile: hard + 1 } });
    assert.deepEqual(ending(record), ended("spawn-error", { step: "prlimit", errno: "EPERM" }));
    return;
  }
  // Not even root may have more open files than the kernel's own bound.
  const most = Number(readFileSync("/proc/sys/fs/nr_open", "utf8"));
  const record = await runCommand(t, ["/bin/true"], { rlimits: { nofile: most + 1 } });
  assert.deepEqual(ending(record), ended("spawn-error", { step: "prlimit", errno: "EPERM" }));
});

test("umask, priority and the choice of the out-of-memory killer are those asked for", async (t) => {
  const script = "umask; nice; cat /proc/self/oom_score_adj";
  const record = await runScript(t, script, { umask: 0o027, nice: 7, oomScoreAdj: 321 });
  assert.equal(printed(record), "0027\n7\n321\n");
});

test("without them, they are our own", async (t) => {
  const umask = process.umask().toString(8).padStart(4, "0");
  const oom = readFileSync("/proc/self/oom_score_adj", "utf8");
  assert.equal(printed(await runScript(t, "umask; cat /proc/self/oom_score_adj")), `${umask}\n${oom}`);
});

test("a better priority than our own needs privilege: setpriority, EACCES", async (t) => {
  if (privileged) return t.skip("root may raise priorities");
  const record = await runCommand(t, ["/bin/true"], { nice: -10 });
  assert.deepEqual(ending(record), ended("spawn-error", { step: "setpriority", errno: "EACCES" }));
});

test("no new privileges are to be had where that is asked for", async (t) => {
  for (const [noNewPrivs, expected] of [
    [true, "1"],
    [false, "0"],
    [undefined, "0"],
  ] as const) {
    const status = printed(await runCommand(t, ["/bin/cat", "/proc/self/status"], { noNewPrivs }));
    assert.equal(statusLine(status, "NoNewPrivs"), expected);
  }
});

test("a bound on memory is met by the program, not by us", async (t) => {
  const record = await runCommand(t, ["/bin/dd", "if=/dev/zero", "of=/dev/null", "bs=500M", "count=1"], {
    rlimits: { as: 100_000_000 },
  });
  assert.deepEqual(ending(record), ended("exit", { code: 1 }));
  assert.match(record.stderr.data.toString(), /memory exhausted/);
});

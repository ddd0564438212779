import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, test } from "node:test";
import { type Feature, probe, type SpawnSpec } from "../../lib/process/index.ts";
import { openDescriptors } from "../helpers/leaks.ts";
import { endAfter, escaping } from "../helpers/process-escape.ts";
import { alive, gone } from "../helpers/process-proc.ts";
import { firstLine } from "../helpers/process-ready.ts";
import { command, ended, ending, printed, sh, supervise } from "../helpers/process-supervisor.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { until } from "../helpers/until.ts";

const LONG = 60_000;
const unwritable = probe().cgroup.writable ? false : "no cgroup v2 is ours to write to";

/** What a supervisor promises whatever the kernel lacks; `without` names what it is to do without. */
export function contract(without: readonly Feature[]): void {
  describe(without.length === 0 ? "with all that the kernel offers" : `without ${without.join(", ")}`, () => {
    test("exit codes, signals and output arrive as they are", async (t) => {
      const supervisor = supervise(t, { without });
      const record = await supervisor.spawn(sh("cat; echo error >&2; exit 9", { stdin: Buffer.from("in") })).exited;
      assert.deepEqual(ending(record), ended("exit", { code: 9 }));
      assert.deepEqual([printed(record), record.stderr.data.toString()], ["in", "error\n"]);
      const signalled = await supervisor.spawn(sh("kill -USR2 $$")).exited;
      assert.deepEqual(ending(signalled), ended("signal", { signal: "SIGUSR2" }));
    });

    test("a failed start is a record with step and errno, and leaves nothing", async (t) => {
      const supervisor = supervise(t, { without });
      const failures: [SpawnSpec, string, string][] = [
        [command(["/nonexistent"]), "execve", "ENOENT"],
        [command(["/bin/true"], { cwd: "/nonexistent" }), "chdir", "ENOENT"],
        [command(["/bin/true"], { fds: { 3: 999 } }), "fcntl", "EBADF"],
      ];
      for (const [spec, step, errno] of failures) {
        const record = await supervisor.spawn(spec).exited;
        assert.deepEqual(ending(record), ended("spawn-error", { step, errno }));
        assert.equal(record.pid, 0);
      }
    });

    test("a deadline ends the group, and what ignores the signal is killed", async (t) => {
      const script = "trap '' TERM; sleep 60 & echo $!; wait";
      const record = await supervise(t, { without }).spawn(sh(script, { timeout: 100, grace: 20 })).exited;
      assert.equal(record.how, "timeout");
      if (printed(record) !== "") await gone(Number(printed(record)));
    });

    test("a kill ends the group at once", async (t) => {
      const running = supervise(t, { without }).spawn(sh("sleep 60 & echo $!; wait", { stdout: "pipe", grace: LONG }));
      const member = Number(await firstLine(running));
      running.kill("enough");
      assert.deepEqual(ending(await running.exited), ended("killed", { signal: "SIGTERM", reason: "enough" }));
      await gone(member);
    });

    test("the group is swept when its leader ends", async (t) => {
      const record = await supervise(t, { without }).spawn(sh("sleep 60 & echo $!; exit 0", { drain: LONG })).exited;
      await gone(Number(printed(record)));
    });

    test("a lingering group outlives its leader, then gets its signal, and what ignores that is killed", async (t) => {
      const supervisor = supervise(t, { without });
      const file = join(temporaryDirectory(t), "lingered");
      const member = "trap 'echo told >$0; exit' TERM; touch $0.ready; while :; do sleep 0.01; done";
      const script = 'sh -c "$2" $1 & echo $!; while [ ! -e $1.ready ]; do sleep 0.01; done';
      const told = await supervisor.spawn(sh(script, { linger: 30, drain: 0, grace: LONG }, file, member)).exited;
      assert.deepEqual(ending(told), ended("exit", { code: 0 }));
      await gone(Number(printed(told)));
      assert.equal(readFileSync(file, "utf8"), "told\n");
      const deaf = "trap '' TERM; sleep 60 & echo $!";
      const killed = await supervisor.spawn(sh(deaf, { linger: 10, drain: 0, grace: 10 })).exited;
      await gone(Number(printed(killed)));
    });

    test("a lingering group that has ended leaves no zombie behind for long", async (t) => {
      const supervisor = supervise(t, { without });
      const record = await supervisor.spawn(sh("sleep 0.01 & exit 0", { linger: LONG, drain: 0 })).exited;
      await until("the end of the leader's zombie", () => !openable(record.pid));
    });

    test("output held open by what left the group does not hold up the record", async (t) => {
      const script = `${escaping("exec sleep 60")}; echo $pid`;
      const record = await supervise(t, { without }).spawn(sh(script, { drain: 10 })).exited;
      const escaped = Number(printed(record));
      endAfter(t, escaped);
      assert.ok(alive(escaped));
    });

    test("streams go both ways, whole", async (t) => {
      const payload = Buffer.alloc(1_000_000, "payload");
      const running = supervise(t, { without }).spawn(command(["/bin/cat"], { stdin: "pipe", stdout: "pipe" }));
      running.stdin?.end(payload);
      assert.ok((await buffer(running.stdout ?? assert.fail())).equals(payload));
      await running.exited;
    });

    test("only promised descriptors arrive", async (t) => {
      const spec = sh("echo ready; read go", { stdin: "pipe", stdout: "pipe", fds: { 9: 1 } });
      const running = supervise(t, { without }).spawn(spec);
      await firstLine(running);
      assert.deepEqual([...openDescriptors(running.pid ?? 0).keys()], ["0", "1", "2", "9"]);
      running.stdin?.end();
      await running.exited;
    });

    test("a cgroup of its own is joined, and ends what left the group", { skip: unwritable }, async (t) => {
      const script = `cat /proc/self/cgroup; ${escaping("exec sleep 60")}; echo $pid`;
      const record = await supervise(t, { without }).spawn(sh(script, { cgroup: {}, drain: LONG })).exited;
      assert.match(printed(record), /^0::.*\/urocket-/m);
      await gone(Number(printed(record).trim().split("\n").at(-1)));
    });

    test("two hundred at once, some killed, some late, all with their record", async (t) => {
      const supervisor = supervise(t, { without });
      const records = Array.from({ length: 200 }, async (_, n) => {
        const kind = n % 4;
        const running = supervisor.spawn(
          kind === 0
            ? sh("exit $1", {}, String(n % 256))
            : command(["/bin/sleep", "60"], kind === 1 ? { timeout: 5 } : {}),
        );
        if (kind === 2) running.kill("unwanted");
        if (kind === 3) running.started.then(() => running.kill("unwanted", "SIGKILL"));
        return [n, await running.exited] as const;
      });
      for (const [n, record] of await Promise.all(records)) {
        assert.equal(record.how, ["exit", "timeout", "killed", "killed"][n % 4]);
        if (n % 4 === 0) assert.equal(record.code, n % 256);
      }
    });
  });
}

function openable(pid: number): boolean {
  try {
    readFileSync(`/proc/${pid}/stat`);
    return true;
  } catch {
    return false;
  }
}

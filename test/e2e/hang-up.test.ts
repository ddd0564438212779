import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { builtProgram } from "../helpers/built.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { LogLines } from "../helpers/log-lines.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const TERMINAL = join(import.meta.dirname, "../fixtures/terminal.py");

test("a gateway whose terminal is closed ends in good order; a signal alone is a reload there, too", async (t) => {
  const directory = temporaryDirectory(t);
  const file = join(directory, "service.yaml");
  const socket = join(directory, "u.sock");
  writeFileSync(file, `port: 0\nsocketpath: ${socket}\nlog: {format: json}\npaths: {/a: {post: {cmd: /bin/true}}}`);
  // The shell tells its pid, which the gateway then has.
  const command = ["/bin/sh", "-c", 'echo "{\\"pid\\": $$}"; exec "$@"', "sh", process.execPath, builtProgram()];
  const child = spawn("python3", [TERMINAL, ...command, "run", "-c", file], { stdio: ["pipe", "pipe", "inherit"] });
  cleanUp(t, () => child.kill("SIGKILL"));
  const log = new LogLines(child.stdout);
  await log.find({ socket });
  const pid = Number(log.lines.find((line) => line.pid !== undefined)?.pid);
  process.kill(pid, "SIGHUP");
  await log.find({ msg: "the configuration was read again and is in force" });
  child.stdin.end("\n");
  const SIGHUP = -1;
  assert.equal((await log.find({ ended: /^-?\d+$/ })).ended, SIGHUP);
  assert.equal(existsSync(socket), false);
});

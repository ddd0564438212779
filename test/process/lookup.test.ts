import assert from "node:assert/strict";
import { chmodSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type TestContext, test } from "node:test";
import { cleanUp } from "../helpers/clean-up.ts";
import { ended, ending, printed, runCommand } from "../helpers/process-supervisor.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

/** A directory with a program that says where it lies; `mode` 0o644 makes it one that may not be run. */
function directoryWith(t: TestContext, program: string, mode = 0o755): string {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, program), `#!/bin/sh\necho ${directory} $0 $*\n`);
  chmodSync(join(directory, program), mode);
  return directory;
}

test("a program without a slash is looked up in the PATH that it is given, in order", async (t) => {
  const [first, second] = [directoryWith(t, "other"), directoryWith(t, "tool")];
  const third = directoryWith(t, "tool");
  const record = await runCommand(t, ["tool", "x"], { env: [`PATH=/nonexistent:${first}:${second}:${third}`] });
  assert.equal(printed(record), `${second} ${second}/tool x\n`);
});

test("our own PATH does not count", async (t) => {
  const directory = directoryWith(t, "tool");
  const { PATH } = process.env;
  process.env.PATH = `${directory}:${PATH}`;
  cleanUp(t, () => {
    process.env.PATH = PATH;
  });
  const record = await runCommand(t, ["tool"], { env: ["PATH=/usr/bin"] });
  assert.deepEqual(ending(record), ended("spawn-error", { step: "execve", errno: "ENOENT" }));
});

test("without a PATH the usual places are looked at", async (t) => {
  assert.equal(printed(await runCommand(t, ["echo", "found"])), "found\n");
});

test("an empty element of the PATH is the working directory", async (t) => {
  const cwd = directoryWith(t, "tool");
  for (const path of ["", "/nonexistent:", ":/nonexistent", "/nonexistent::/usr/bin"]) {
    const record = await runCommand(t, ["tool"], { cwd, env: [`PATH=${path}`] });
    assert.match(printed(record), new RegExp(`^${cwd} `), `with PATH=${path}`);
  }
});

test("what may not be run is passed over, and reported when nothing else is found", async (t) => {
  const locked = directoryWith(t, "tool", 0o644);
  const open = directoryWith(t, "tool");
  assert.match(printed(await runCommand(t, ["tool"], { env: [`PATH=${locked}:${open}`] })), new RegExp(`^${open} `));
  const record = await runCommand(t, ["tool"], { env: [`PATH=${locked}:/nonexistent`] });
  assert.deepEqual(ending(record), ended("spawn-error", { step: "execve", errno: "EACCES" }));
});

test("a file and a directory of that name on the way are passed over", async (t) => {
  const [file, directory, open] = [directoryWith(t, "data"), temporaryDirectory(t), directoryWith(t, "tool")];
  mkdirSync(join(directory, "tool"));
  const record = await runCommand(t, ["tool"], { env: [`PATH=${file}/data:${directory}:${open}`] });
  assert.match(printed(record), new RegExp(`^${open} `));
});

test("a place whose name is too long is passed over, and reported when nothing else is found", async (t) => {
  const [long, open] = [`/${"long/".repeat(1000)}`, directoryWith(t, "tool")];
  assert.match(printed(await runCommand(t, ["tool"], { env: [`PATH=${long}:${open}`] })), new RegExp(`^${open} `));
  const record = await runCommand(t, ["tool"], { env: [`PATH=/nonexistent:${long}:/nonexistent`] });
  assert.deepEqual(ending(record), ended("spawn-error", { step: "execve", errno: "ENAMETOOLONG" }));
});

test("a program with a slash is not looked up: it is relative to the working directory of the process", async (t) => {
  const cwd = directoryWith(t, "tool");
  assert.equal(printed(await runCommand(t, ["./tool"], { cwd, env: ["PATH=/usr/bin"] })), `${cwd} ./tool\n`);
});

test("what is executed may differ from the name that the program is told", async (t) => {
  const record = await runCommand(t, ["another name", "-c", "echo $0"], { file: "/bin/sh" });
  assert.equal(printed(record), "another name\n");
  const found = await runCommand(t, ["another name", "-c", "echo $0"], { file: "sh", env: ["PATH=/bin"] });
  assert.equal(printed(found), "another name\n");
});

test("the working directory is ours unless another is given, which may be relative to ours", async (t) => {
  assert.equal(printed(await runCommand(t, ["/bin/pwd", "-P"])).trim(), realpathSync(process.cwd()));
  const cwd = temporaryDirectory(t);
  assert.equal(printed(await runCommand(t, ["/bin/pwd", "-P"], { cwd })).trim(), realpathSync(cwd));
  const near = await runCommand(t, ["/bin/pwd", "-P"], { cwd: relative(process.cwd(), cwd) });
  assert.equal(printed(near).trim(), realpathSync(cwd));
});

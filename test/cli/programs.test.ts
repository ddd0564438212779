import assert from "node:assert/strict";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { findProgram } from "../../lib/cli/programs.ts";
import { folderWith } from "./urocket.ts";

/** A folder with programs in it: `run` can run, `data` can't. */
function programs(t: TestContext): string {
  const folder = folderWith(t, {
    run: "#!/bin/sh\n",
    data: "x",
    "no-interpreter": "#!/no/such/interpreter -x\n",
    "by-env": "#!/usr/bin/env no-such-interpreter\n",
    "by-good-env": "#!/usr/bin/env -S run -x\n",
  });
  for (const name of ["run", "no-interpreter", "by-env", "by-good-env"]) chmodSync(join(folder, name), 0o755);
  mkdirSync(join(folder, "directory"));
  return folder;
}

test("a name with a slash is looked up from the working directory", (t) => {
  const cwd = programs(t);
  assert.deepEqual(findProgram({ argv: ["./run"], env: [], cwd }), { path: join(cwd, "run"), fault: undefined });
});

test("a name without a slash is looked up in the PATH of the process, not in ours", (t) => {
  const cwd = programs(t);
  const path = join(cwd, "run");
  assert.deepEqual(findProgram({ argv: ["run"], env: [`PATH=/no/such:${cwd}`], cwd }), { path, fault: undefined });
  assert.deepEqual(findProgram({ argv: ["run"], env: { PATH: ":/no/such" }, cwd }), { path, fault: undefined });
  assert.deepEqual(findProgram({ argv: ["sh"], env: ["PATH=/no/such"], cwd }), {
    path: undefined,
    fault: "no program sh in PATH=/no/such",
  });
});

for (const [name, fault] of [
  ["nothing", "there is no $/nothing"],
  ["directory", "$/directory is not a file"],
  ["data", "$/data can't be executed: EACCES"],
  ["data/x", "$/data/x can't be executed: ENOTDIR"],
  ["no-interpreter", "$/no-interpreter is a script of /no/such/interpreter: there is no /no/such/interpreter"],
  ["by-env", "$/by-env is a script of no-such-interpreter: no program no-such-interpreter in PATH=/usr/bin"],
] as const) {
  test(`${name} can't run, and why is told`, (t) => {
    const cwd = programs(t);
    assert.equal(findProgram({ argv: [`./${name}`], env: ["PATH=/usr/bin"], cwd }).fault, fault.replaceAll("$", cwd));
  });
}

test("what is more than the name of an interpreter is not guessed at", (t) => {
  const cwd = programs(t);
  assert.equal(findProgram({ argv: ["./by-good-env"], env: ["PATH=/usr/bin"], cwd }).fault, undefined);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../../lib/process/index.ts";
import { ended, ending, printed } from "../helpers/process-supervisor.ts";

test("run() runs a program to its end", async () => {
  const record = await run("/bin/echo", ["one", "two words"]);
  assert.deepEqual(ending(record), ended("exit", { code: 0 }));
  assert.equal(printed(record), "one two words\n");
});

test("run() needs no arguments and gives an empty environment", async () => {
  const record = await run("env");
  assert.deepEqual([record.code, record.stdout.bytes], [0, 0]);
});

test("run() takes all that a specification may say", async () => {
  const options = { env: { A: "1" }, cwd: "/usr", stdin: Buffer.from("in"), stderr: "merge", umask: 0 } as const;
  const record = await run("/bin/sh", ["-c", "echo $A $(pwd) $(cat) $(umask); echo error >&2; kill -HUP $$"], options);
  assert.deepEqual(ending(record), ended("signal", { signal: "SIGHUP" }));
  assert.equal(printed(record), "1 /usr in 0000\nerror\n");
});

test("run() never rejects for what the program does, or fails to do", async () => {
  assert.equal((await run("/bin/false")).code, 1);
  assert.equal((await run("/nonexistent")).errno, "ENOENT");
  assert.equal((await run("/bin/sleep", ["60"], { timeout: 10 })).how, "timeout");
});

test("many calls at once share one supervisor", async () => {
  const records = await Promise.all(Array.from({ length: 100 }, (_, n) => run("/bin/echo", [String(n)])));
  assert.deepEqual(
    records.map((record) => Number(printed(record))),
    records.map((_, n) => n),
  );
});

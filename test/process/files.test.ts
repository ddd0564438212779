import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { printed, runScript } from "../helpers/process-supervisor.ts";

test("bytes can be handed over as a file that is open under a number, of any size", async (t) => {
  for (const size of [0, 5, 3_000_000]) {
    const bytes = randomBytes(size);
    const { stdout } = await runScript(t, "cat <&7", { files: { 7: bytes }, stdout: { capture: 4_000_000 } });
    assert.ok(stdout.data.equals(bytes), `expected the same ${size} bytes, got ${stdout.bytes}`);
  }
});

test("a program that wants a file name can open it by its number, again and again", async (t) => {
  const script = "cat /proc/self/fd/5 /proc/self/fd/5; wc -c </proc/self/fd/6";
  const record = await runScript(t, script, { files: { 5: Buffer.from("twice "), 6: Buffer.alloc(70_000) } });
  assert.equal(printed(record), "twice twice 70000\n");
});

test("what it is given can't be changed by the process", async (t) => {
  const record = await runScript(t, "echo x >&5 || echo refused", { files: { 5: Buffer.from("text") } });
  assert.equal(printed(record), "refused\n");
});

test("files and descriptors stand side by side", async (t) => {
  const script = "readlink /proc/$$/fd/4; cat <&5";
  const record = await runScript(t, script, { fds: { 4: 0 }, files: { 5: Buffer.from("text") } });
  assert.match(printed(record), /\ntext$/);
});

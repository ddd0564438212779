import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { test } from "node:test";
import { firstLine, standstill } from "../helpers/process-ready.ts";
import { command, ended, ending, sh, supervise } from "../helpers/process-supervisor.ts";

const FLOOD = ["/bin/dd", "if=/dev/zero", "bs=64K", "count=200", "status=none"];
const FLOOD_BYTES = 200 * 65_536;

test("streamed outputs come while the process runs, each for itself", async (t) => {
  const script = "echo first; echo second >&2; read go; echo third";
  const running = supervise(t).spawn(sh(script, { stdin: "pipe", stdout: "pipe", stderr: "pipe" }));
  assert.equal(await firstLine(running), "first");
  running.stdin?.end("go\n");
  const { stdout, stderr } = running;
  assert.ok(stdout !== undefined && stderr !== undefined);
  assert.deepEqual(await Promise.all([text(stdout), text(stderr)]), ["third\n", "second\n"]);
  const record = await running.exited;
  assert.deepEqual([record.stdout.data.length, record.stdout.bytes, record.stderr.bytes], [0, 12, 7]);
});

test("a streamed output is whole, however much it is", async (t) => {
  const running = supervise(t).spawn(command(FLOOD, { stdout: "pipe" }));
  const { stdout } = running;
  assert.equal((await buffer(stdout ?? assert.fail())).length, FLOOD_BYTES);
  assert.equal((await running.exited).stdout.bytes, FLOOD_BYTES);
});

test("a web stream can be made of it", async (t) => {
  const { stdout, exited } = supervise(t).spawn(sh("echo web", { stdout: "pipe" }));
  const chunks: Uint8Array[] = [];
  for await (const chunk of Readable.toWeb(stdout ?? assert.fail())) chunks.push(chunk);
  assert.equal(Buffer.concat(chunks).toString(), "web\n");
  await exited;
});

test("a slow reader slows the process down, and loses nothing", async (t) => {
  const supervisor = supervise(t);
  const running = supervisor.spawn(command(FLOOD, { stdout: "pipe" }));
  const { stdout } = running;
  assert.ok(stdout !== undefined);
  const held = await standstill(supervisor, () => stdout.readableLength);
  assert.ok(held <= 512 * 1024, `expected a window's worth, got ${held} bytes`);
  let bytes = 0;
  for await (const chunk of stdout) {
    bytes += (chunk as Buffer).length;
    await new Promise(setImmediate);
  }
  assert.equal(bytes, FLOOD_BYTES);
  assert.equal((await running.exited).code, 0);
});

test("an observer that consumes nothing gets a window's worth and no more until it does", async (t) => {
  const supervisor = supervise(t);
  let [held, bytes] = [0, 0];
  let consuming = false;
  let finish = (): void => {};
  const over = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const child = supervisor.start(command(FLOOD, { stdout: "pipe" }), {
    onOutput: ({ length }) => {
      bytes += length;
      if (consuming) child.consumed("stdout", length);
      else held += length;
    },
    onDeadline: () => {},
    onExit: finish,
  });
  await standstill(supervisor, () => held);
  assert.ok(held <= 512 * 1024, `expected a window's worth, got ${held} bytes`);
  consuming = true;
  child.consumed("stdout", held);
  await over;
  assert.equal(bytes, FLOOD_BYTES);
});

test("a reader that turns away does not stop the process: the rest is dropped", async (t) => {
  const supervisor = supervise(t);
  const running = supervisor.spawn(command(FLOOD, { stdout: "pipe" }));
  await standstill(supervisor, () => running.stdout?.readableLength ?? 0);
  running.stdout?.destroy();
  const record = await running.exited;
  assert.deepEqual(ending(record), ended("exit", { code: 0 }));
  assert.equal(record.stdout.bytes, FLOOD_BYTES);
});

test("a process whose streams nobody reads still ends, and what it left in the pipe can be read after that", async (t) => {
  const running = supervise(t).spawn(sh("echo last words", { stdout: "pipe" }));
  assert.equal((await running.exited).code, 0);
  assert.equal(await text(running.stdout ?? assert.fail()), "last words\n");
});

test("a slow reader loses nothing of what a process left behind when it ended", async (t) => {
  // More than the window, less than the window and a pipe: the process can end while the rest is still in the pipe.
  const size = 300 * 1024;
  const running = supervise(t).spawn(command(["/usr/bin/head", "-c", String(size), "/dev/zero"], { stdout: "pipe" }));
  const record = await running.exited;
  assert.deepEqual(ending(record), ended("exit", { code: 0 }));
  assert.equal(record.stdout.bytes, size);
  assert.equal((await buffer(running.stdout ?? assert.fail())).length, size);
});

test("merged into a streamed output, standard error comes with it", async (t) => {
  const { stdout, stderr, exited } = supervise(t).spawn(
    sh("printf 1; printf 2 >&2", { stdout: "pipe", stderr: "merge" }),
  );
  assert.equal(stderr, undefined);
  assert.equal(await text(stdout ?? assert.fail()), "12");
  await exited;
});

test("a captured output offers no stream", async (t) => {
  const running = supervise(t).spawn(command(["/bin/true"]));
  assert.deepEqual([running.stdout, running.stderr], [undefined, undefined]);
  await running.exited;
});

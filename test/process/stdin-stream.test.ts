import assert from "node:assert/strict";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { firstLine, standstill } from "../helpers/process-ready.ts";
import { command, ended, ending, printed, runCommand, sh, supervise } from "../helpers/process-supervisor.ts";
import { until } from "../helpers/until.ts";

const CAT = ["/bin/cat"];
const CHUNK = Buffer.alloc(65_536, "x");

/** A stream without end that counts what was taken from it. */
class Endless extends Readable {
  taken = 0;

  override _read(): void {
    this.taken += CHUNK.length;
    this.push(CHUNK);
  }
}

test("what is written to standard input arrives, and its end too", async (t) => {
  const running = supervise(t).spawn(command(CAT, { stdin: "pipe" }));
  running.stdin?.write("one ");
  running.stdin?.write(Buffer.from("two "));
  running.stdin?.end("three");
  assert.equal(printed(await running.exited), "one two three");
});

test("empty writes are taken like others", async (t) => {
  const running = supervise(t).spawn(command(CAT, { stdin: "pipe" }));
  running.stdin?.write("");
  running.stdin?.write("all");
  running.stdin?.end("");
  assert.equal(printed(await running.exited), "all");
});

test("a stream of something else than bytes ends the process, and the record says why", async (t) => {
  const stdin = Readable.from([Buffer.from("bytes"), { no: "bytes" }], { objectMode: true });
  const { how, reason } = await supervise(t).spawn(command(CAT, { stdin })).exited;
  assert.equal(how, "killed");
  assert.match(String(reason), /^stdin failed: /);
});

test("standard input can be answered to: a conversation goes back and forth", async (t) => {
  const script = "while read word; do echo got $word; done";
  const running = supervise(t).spawn(sh(script, { stdin: "pipe", stdout: "pipe" }));
  for (const word of ["a", "b", "c"]) {
    running.stdin?.write(`${word}\n`);
    assert.equal(await firstLine(running), `got ${word}`);
  }
  running.stdin?.end();
  assert.equal((await running.exited).code, 0);
});

test("writing is held back until the process reads", async (t) => {
  const supervisor = supervise(t);
  const source = new Endless();
  const running = supervisor.spawn(command(["/bin/sleep", "60"], { stdin: source }));
  await standstill(supervisor, () => source.taken);
  assert.ok(source.taken <= 8 * CHUNK.length, `expected a few chunks, got ${source.taken} bytes`);
  running.kill("seen enough");
  await running.exited;
});

test("a node stream is fed to the process as fast as it reads", async (t) => {
  const stdin = Readable.from(Array.from({ length: 100 }, () => CHUNK));
  const record = await runCommand(t, ["/usr/bin/wc", "-c"], { stdin });
  assert.equal(Number(printed(record)), 100 * CHUNK.length);
});

test("a web stream is fed to the process", async (t) => {
  const stdin = new Blob(["from the ", "web"]).stream() as ReadableStream<Uint8Array>;
  assert.equal(printed(await runCommand(t, CAT, { stdin })), "from the web");
});

test("a stream that fails ends the process, and the record says why", async (t) => {
  const source = new Readable({ read: () => {} });
  const running = supervise(t).spawn(command(CAT, { stdin: source }));
  await running.started;
  source.destroy(new Error("the disk is gone"));
  const reason = "stdin failed: the disk is gone";
  assert.deepEqual(ending(await running.exited), ended("killed", { signal: "SIGTERM", reason }));
});

test("a stream that had failed before ends the process as well", async (t) => {
  const stdin = new Readable({ read: () => {} });
  stdin.destroy();
  await once(stdin, "close");
  const record = await runCommand(t, CAT, { stdin });
  assert.equal(record.how, "killed");
  assert.match(record.reason ?? "", /^stdin failed: /);
});

test("a stream that had ended before is an empty input", async (t) => {
  const stdin = Readable.from(["gone"]).resume();
  await once(stdin, "end");
  const record = await runCommand(t, CAT, { stdin });
  assert.deepEqual([ending(record), printed(record)], [ended("exit", { code: 0 }), ""]);
});

test("a stream without end is destroyed when the process ends, which is no failure", async (t) => {
  const source = new Endless();
  const record = await runCommand(t, ["/usr/bin/head", "-c", "3"], { stdin: source });
  assert.deepEqual(ending(record), ended("exit", { code: 0 }));
  assert.equal(printed(record), "xxx");
  await until("the end of the stream", () => source.destroyed);
  assert.equal(source.errored, null);
});

test("a stream is destroyed when the process closes its input and runs on", async (t) => {
  const source = new Endless();
  const running = supervise(t).spawn(sh("exec <&-; sleep 60", { stdin: source }));
  await until("the end of the stream", () => source.destroyed);
  assert.notEqual(running.snapshot(), undefined);
  running.kill("done");
  assert.deepEqual(ending(await running.exited), ended("killed", { signal: "SIGTERM", reason: "done" }));
});

test("a write that the process never takes is answered with EPIPE when it ends, without an error event", async (t) => {
  const running = supervise(t).spawn(command(["/bin/sleep", "60"], { stdin: "pipe" }));
  const { stdin } = running;
  assert.ok(stdin !== undefined);
  const answers: string[] = [];
  for (let n = 0; n < 4; n++) {
    stdin.write(CHUNK, (error) => answers.push((error as NodeJS.ErrnoException | null)?.code ?? "written"));
  }
  await until("a write that waits", () => stdin.writableNeedDrain && answers.length > 0);
  running.kill("over");
  await running.exited;
  await until("all answers", () => answers.length === 4);
  assert.equal(answers[0], "written");
  assert.ok(answers.slice(1).some((answer) => answer === "EPIPE"));
  assert.ok(stdin.destroyed);
});

test("a pipeline into a process that ends early is told so", async (t) => {
  const running = supervise(t).spawn(command(["/bin/true"], { stdin: "pipe" }));
  await assert.rejects(pipeline(new Endless(), running.stdin ?? assert.fail()));
  assert.equal((await running.exited).code, 0);
});

test("destroying standard input gives the process its end", async (t) => {
  const running = supervise(t).spawn(command(CAT, { stdin: "pipe" }));
  running.stdin?.write("x");
  running.stdin?.destroy();
  assert.deepEqual(ending(await running.exited), ended("exit", { code: 0 }));
});

test("only a streamed standard input is offered for writing", async (t) => {
  const supervisor = supervise(t);
  const running = supervisor.spawn(command(["/bin/true"], { stdin: Buffer.from("x") }));
  assert.equal(running.stdin, undefined);
  await running.exited;
});

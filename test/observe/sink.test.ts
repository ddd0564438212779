import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { descriptorSink } from "../../lib/observe/index.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { until } from "../helpers/until.ts";

async function file(t: TestContext) {
  const directory = await mkdtemp(join(tmpdir(), "urocket-"));
  const path = join(directory, "log");
  const fd = openSync(path, "w");
  cleanUp(t, () => rm(directory, { recursive: true }));
  return { fd, text: () => readFileSync(path, "utf8") };
}

const MODULE = pathToFileURL(join(import.meta.dirname, "../../lib/observe/index.ts")).href;

const LINE = '{"level":30,"time":1700000000000,"child_pid":42,"msg":"hello"}\n';

test("lines are written in order and are all there when the sink is closed", async (t) => {
  const { fd, text } = await file(t);
  const sink = descriptorSink(fd, "json");
  const lines = Array.from({ length: 5000 }, (_, i) => `{"msg":"${i}"}\n`);
  for (const line of lines) sink.write(line);
  await sink.close();
  assert.equal(text(), lines.join(""));
});

test("lines that wait for their turn are there when a synchronous flush returns", async (t) => {
  const { fd, text } = await file(t);
  const sink = descriptorSink(fd, "json");
  const lines = Array.from({ length: 100 }, (_, i) => `{"msg":"${i}"}\n`);
  for (const line of lines) sink.write(line);
  sink.flushSync();
  // The first was handed to the system before, and gets there by itself.
  for (const line of lines.slice(1)) assert.ok(text().includes(line), line);
  await until("the first line", () => text().includes(lines[0] as string));
  closeSync(fd);
});

test("auto is JSON where there is no terminal, and pretty is for people", async (t) => {
  const json = await file(t);
  const sink = descriptorSink(json.fd, "auto");
  sink.write(LINE);
  await sink.close();
  assert.equal(json.text(), LINE);
  const pretty = await file(t);
  const other = descriptorSink(pretty.fd, "pretty");
  other.write(LINE);
  await other.close();
  assert.match(pretty.text(), /^\[[\d:.]+\] INFO.*: hello.*\n$/);
  assert.match(pretty.text(), /"child_pid":42/);
});

test("what a process wrote steers no terminal that shows the log", async (t) => {
  const { fd, text } = await file(t);
  const sink = descriptorSink(fd, "pretty");
  sink.write(`${JSON.stringify({ level: 40, stderr: "\x1b[2J \x9b2J \x7f", msg: "process failed" })}\n`);
  await sink.close();
  assert.match(text(), /\{"stderr":"\\u001b\[2J \\x9b2J \\x7f"\}\n$/);
});

test("a reader that goes away does not end the process, standard error is told once, and what is lost is counted", async () => {
  assert.deepEqual(await writeUnread("stdout"), {
    lost: 6,
    stderr: "urocket: the log can't be written any more: EPIPE: broken pipe, write\n",
  });
});

test("whoever reads both the log and standard error may go away", async () => {
  assert.deepEqual(await writeUnread("stdout", "stderr"), { lost: 6, stderr: "" });
});

/** Runs a program that writes six lines when nobody reads these any more, and exits with how many were lost. */
async function writeUnread(...unread: ("stdout" | "stderr")[]) {
  const program = `
    const { descriptorSink } = await import(${JSON.stringify(MODULE)});
    const sink = descriptorSink(1, "json");
    process.stdin.once("data", async () => {
      for (let round = 0; round < 3; round++) {
        for (let line = 0; line < 2; line++) sink.write("{}\\n");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await sink.close();
      process.exit(sink.dropped);
    });`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program]);
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  for (const stream of unread) child[stream].destroy();
  child.stdin.end("go");
  const lost = await new Promise((resolve) => child.once("close", resolve));
  return { lost, stderr };
}

test("an exit waits for a slow reader for a moment only", async (t) => {
  const fifo = join(temporaryDirectory(t), "pipe");
  execFileSync("mkfifo", [fifo]);
  // Open for both, and never read: what is written fills it.
  const unread = openSync(fifo, "r+");
  cleanUp(t, () => closeSync(unread));
  assert.deepEqual(await exitWith("", unread), { code: 7, stderr: "" });
});

test("an exit does not wait for a descriptor that can't be written", async () => {
  const { code, stderr } = await exitWith('(await import("node:fs")).closeSync(1);', "pipe");
  assert.equal(code, 7);
  assert.equal(stderr, "urocket: the log can't be written any more: EBADF: bad file descriptor, write\n");
});

/** Runs a program that fills its log on this standard output, does something, flushes at its exit, and exits with 7. */
async function exitWith(then: string, stdout: number | "pipe") {
  const program = `
    const { descriptorSink } = await import(${JSON.stringify(MODULE)});
    const sink = descriptorSink(1, "json");
    ${then}
    process.on("exit", () => sink.flushSync());
    for (let n = 0; n < 1000; n++) sink.write("x".repeat(1000) + "\\n");
    setImmediate(() => process.exit(7));`;
  const args = ["--import", "tsx", "--input-type=module", "-e", program];
  const child = spawn(process.execPath, args, { stdio: ["ignore", stdout, "pipe"] });
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, stderr };
}

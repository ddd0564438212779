import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { events, type MessageEnded } from "../../lib/core/events.ts";
import { type LogLevel, openLog } from "../../lib/observe/index.ts";
import type { ExitRecord } from "../../lib/process/types.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { exitRecord, output } from "../helpers/fake-starter.ts";

type Line = Record<string, unknown>;

/** A log whose lines are kept. */
function open(t: TestContext, level: LogLevel = "debug") {
  const lines: Line[] = [];
  const sink = {
    dropped: 0,
    write: (line: string) => lines.push(JSON.parse(line)),
    close: async () => {},
    flushSync: () => {},
  };
  const log = openLog({ level, format: "json", sink });
  cleanUp(t, () => log.close());
  return { log, lines };
}

const STORED = { requestId: "64ed1763", route: "/get/pets", verb: "post", logLevel: undefined };
const TIMES = { receivedAt: 1000, elapsed: 1.23456, queue: 0.5, reply: 0 };
const ANSWER = { status: 200, how: "answered", answer: "posted", later: false, bytesIn: 7, bytesOut: 11 } as const;
const ENDED: MessageEnded = { ...STORED, ...TIMES, ...ANSWER, path: "/get/pets", record: undefined };

/** The end of a message, and of its process with this exit record, if it had one. */
function over(facts: Partial<MessageEnded> = {}, record?: ExitRecord) {
  events.over.publish({ ended: { ...ENDED, ...facts }, record });
}

function exited(facts: Parameters<typeof exitRecord>[0], logOutput = false) {
  events.exited.publish({ ...STORED, record: exitRecord(facts), logOutput });
}

test("a stored message is a line of debug in the words that users wait for", (t) => {
  const { lines } = open(t);
  events.stored.publish(STORED);
  assert.equal(lines[0]?.msg, "I stored the reqid :: 64ed1763");
  assert.equal(lines[0]?.level, 20);
  assert.equal(lines[0]?.request_id, "64ed1763");
  assert.equal(lines[0]?.route, "/get/pets");
});

test("an ended message is one line with what is known of it", (t) => {
  const { lines } = open(t, "info");
  over();
  assert.equal(lines.length, 1);
  const { time, ...line } = lines[0] ?? {};
  assert.equal(typeof time, "number");
  const identity = { request_id: "64ed1763", route: "/get/pets", verb: "post", path: "/get/pets" };
  const figures = { elapsed_ms: 1.235, queue_ms: 0.5, bytes_in: 7, bytes_out: 11 };
  const ending = { status: 200, how: "answered", answer: "posted" };
  assert.deepEqual(line, { level: 30, ...identity, ...ending, ...figures, msg: "POST /get/pets 200 answered" });
});

test("the line of a message that its process ended says how", (t) => {
  const { lines } = open(t, "info");
  const usage = { ...exitRecord().usage, utime: 5, stime: 7, maxrss: 4096 };
  over({ status: 502, how: "process-failed" }, exitRecord({ pid: 42, code: 3, spawn: 1.5, run: 20.25, usage }));
  const { child_pid, process, exit_code, spawn_ms, run_ms, utime_ms, stime_ms, maxrss } = lines[0] ?? {};
  assert.deepEqual([child_pid, process, exit_code, maxrss], [42, "exit", 3, 4096]);
  assert.deepEqual([spawn_ms, run_ms, utime_ms, stime_ms], [1.5, 20.25, 5, 7]);
});

test("a path can't forge a line", (t) => {
  const { lines } = open(t, "info");
  over({ path: "/a\x1b[2J\nb" });
  assert.equal(lines[0]?.msg, "POST /a\\x1b[2J\\x0ab 200 answered");
});

test("what a process printed is logged line by line where the route asks for it", (t) => {
  const { lines } = open(t, "info");
  exited({ pid: 42, stdout: output("one\ntwo\r\n"), stderr: output("three") }, true);
  assert.deepEqual(
    lines.map(({ msg, stream, child_pid, request_id, route }) => [msg, stream, child_pid, request_id, route]),
    [
      ["one", "stdout", 42, "64ed1763", "/get/pets"],
      ["two", "stdout", 42, "64ed1763", "/get/pets"],
      ["three", "stderr", 42, "64ed1763", "/get/pets"],
    ],
  );
});

test("output beyond what is kept is told of", (t) => {
  const { lines } = open(t, "info");
  exited({ stdout: output("one", { bytes: 5000, truncated: true }) }, true);
  assert.equal(lines[1]?.msg, "stdout was longer than what is kept");
  assert.equal(lines[1]?.bytes, 5000);
});

test("what a process printed is not logged where the route does not ask for it", (t) => {
  const { lines } = open(t);
  exited({ stdout: output("private") });
  assert.equal(JSON.stringify(lines).includes("private"), false);
  assert.equal(lines[0]?.msg, "process ended: exit code 0");
});

test("a process that failed is a warning with the end of its standard error", (t) => {
  const { lines } = open(t, "warn");
  exited({ code: 3, stderr: output(`${"x".repeat(5000)} the reason\n`) });
  assert.equal(lines[0]?.level, 40);
  assert.equal(lines[0]?.msg, "process failed: exit code 3");
  assert.match(lines[0]?.stderr as string, /^x+ the reason$/);
  assert.equal(String(lines[0]?.stderr).length, 2000);
});

test("each way to fail is told in its own words", (t) => {
  const { lines } = open(t, "warn");
  exited({ how: "signal", code: null, signal: "SIGSEGV" });
  exited({ how: "timeout", code: null, signal: "SIGKILL" });
  exited({ how: "spawn-error", pid: 0, code: null, step: "execve", errno: "ENOENT" });
  assert.deepEqual(
    lines.map(({ msg }) => msg),
    ["process failed: SIGSEGV", "process failed: deadline, then SIGKILL", "process failed: ENOENT from execve"],
  );
});

test("a process that was killed for a reason of ours is no warning", (t) => {
  const { lines } = open(t);
  exited({ how: "killed", code: null, signal: "SIGTERM", reason: "caller left" });
  assert.equal(lines[0]?.level, 20);
  assert.equal(lines[0]?.msg, "process ended: caller left, then SIGTERM");
});

test("an answer that was refused is a warning", (t) => {
  const { lines } = open(t, "warn");
  events.refused.publish({ requestId: "something", code: "request-unknown" });
  assert.equal(lines[0]?.level, 40);
  assert.equal(lines[0]?.msg, "an answer was refused: request-unknown");
  assert.equal(lines[0]?.request_id, "something");
});

test("a fault of our own is an error with its stack", (t) => {
  const { lines } = open(t, "error");
  events.fault.publish({ requestId: "64ed1763", error: new TypeError("x is not a function") });
  assert.equal(lines[0]?.level, 50);
  assert.match(JSON.stringify(lines[0]?.err), /x is not a function.*log\.test/);
});

test("what the level keeps out is not even listened to", (t) => {
  const { log } = open(t, "warn");
  assert.equal(events.stored.hasSubscribers, false);
  assert.equal(events.over.hasSubscribers, false);
  assert.equal(events.refused.hasSubscribers, true);
  log.close();
  assert.equal(events.refused.hasSubscribers, false);
});

test("a message that ended before its process is told of at once, at the level debug", (t) => {
  const { lines } = open(t);
  events.ended.publish({ ...ENDED, status: 0, how: "caller-left" });
  assert.deepEqual([lines[0]?.level, lines[0]?.msg], [20, "caller-left before the end of the process"]);
  events.ended.publish({ ...ENDED, record: exitRecord() });
  events.ended.publish({ ...ENDED, queue: undefined });
  assert.equal(lines.length, 1);
});

test("a route may be logged less than the rest, or more", (t) => {
  const { log, lines } = open(t, "info");
  log.heed(["warn", "debug"]);
  over({ logLevel: "warn" });
  events.exited.publish({ ...STORED, logLevel: "silent", record: exitRecord({ code: 3 }), logOutput: false });
  events.stored.publish(STORED);
  assert.equal(lines.length, 0);
  events.stored.publish({ ...STORED, logLevel: "debug" });
  over({ logLevel: "debug" });
  over();
  assert.deepEqual(
    lines.map(({ level }) => level),
    [20, 30, 30],
  );
  log.heed([]);
  assert.equal(events.stored.hasSubscribers, false);
});

test("neither payloads nor the query nor headers are in any line", (t) => {
  const { lines } = open(t);
  const headers = { authorization: "Bearer secret-of-a-caller" };
  events.stored.publish({ ...STORED, path: "/get/pets", headers, receivedAt: 0 });
  over({}, exitRecord({ stdout: output("secret-of-a-process") }));
  assert.equal(JSON.stringify(lines).includes("secret"), false);
});

test("a silent log listens to nothing", (t) => {
  open(t, "silent");
  for (const event of Object.values(events)) assert.equal(event.hasSubscribers, false);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExitRecord } from "../../lib/process/types.ts";
import { reportReply, socketReply, stdoutReply } from "../../lib/replies/index.ts";
import { exitRecord, output } from "../helpers/fake-starter.ts";

function report(facts: Partial<ExitRecord>) {
  const verdict = reportReply()(exitRecord(facts));
  assert.equal(verdict.kind, "reply");
  return { status: verdict.reply.status, ...JSON.parse(verdict.reply.body.toString()) };
}

test("a report has the exit, the times, the resources and the output, in words of one spelling", () => {
  const { usage, ...record } = exitRecord({ run: 2.00049, queued: 1, stdout: output("é"), startedAt: 0 });
  const got = report({ ...record, usage });
  assert.deepEqual(got.exit, { how: "exit", code: 0, signal: null, core_dumped: false });
  assert.deepEqual(got.time_ms, { queued: 1, spawn: 0, run: 2 });
  assert.deepEqual([got.ok, got.status, got.started_at], [true, 200, "1970-01-01T00:00:00.000Z"]);
  assert.deepEqual(got.stdout, { text: "é", bytes: 2, truncated: false });
  assert.deepEqual([got.rusage.utime, got.rusage.maxrss, got.rusage.maxrss_exact], [1, 4096, true]);
  assert.doesNotMatch(Object.keys(got.rusage).join(), /[A-Z]/);
});

test("output that is no text is base64, and a cut through a character makes no text of it less", () => {
  const bytes = Buffer.from([0xff, 0]);
  assert.equal(report({ stdout: { data: bytes, bytes: 2, truncated: false } }).stdout.base64, "/wA=");
  const cut = Buffer.from("é日").subarray(0, 4);
  assert.deepEqual(report({ stdout: { data: cut, bytes: 9, truncated: true } }).stdout, {
    text: "é",
    bytes: 9,
    truncated: true,
  });
});

test("a process that failed is reported with 502, one that never ran is a failure", () => {
  assert.equal(report({ code: 3 }).status, 502);
  assert.equal(report({ how: "signal", code: null, signal: "SIGSEGV" }).ok, false);
  for (const [how, code] of [
    ["spawn-error", "spawn-failed"],
    ["timeout", "process-timeout"],
    ["killed", "shutting-down"],
  ] as const) {
    const verdict = reportReply()(exitRecord({ how, code: null }));
    assert.ok(verdict.kind === "failure" && verdict.failure.code === code, how);
  }
});

test("a process that ends well without an answer: waited for, failed, or reported", () => {
  assert.equal(socketReply("wait")(exitRecord()).kind, "wait");
  const failed = socketReply("error")(exitRecord());
  assert.ok(failed.kind === "failure" && failed.failure.code === "process-unanswered");
  assert.equal(socketReply("report")(exitRecord()).kind, "reply");
});

test("printed output is the answer, of the stated type or of none", () => {
  const print = exitRecord({ stdout: output("hello") });
  const plain = stdoutReply("text/plain")(print);
  assert.ok(plain.kind === "reply" && plain.reply.contentType === "text/plain");
  const unknown = stdoutReply()(print);
  assert.ok(unknown.kind === "reply" && unknown.reply.contentType === "application/octet-stream");
  const cut = stdoutReply()(exitRecord({ stdout: output("he", { bytes: 5, truncated: true }) }));
  assert.ok(cut.kind === "failure");
  assert.deepEqual(cut.failure.detail, "expected an answer of at most 2 bytes, got 5");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { problem } from "../../lib/core/problem.ts";
import { text, verbatim } from "../../lib/core/reply.ts";

test("a problem says what kind it is, what happened and to which request", () => {
  const reply = problem("process-failed", "expected an answer, got exit code 3", "42", { exit_code: 3 });
  assert.equal(reply.status, 502);
  assert.equal(reply.contentType, "application/problem+json");
  assert.deepEqual(reply.headers, []);
  assert.deepEqual(JSON.parse(String(reply.body)), {
    type: "urn:urocket:error:process-failed",
    title: "The process failed without answering",
    status: 502,
    code: "process-failed",
    detail: "expected an answer, got exit code 3",
    request_id: "42",
    exit_code: 3,
  });
});

test("a problem may carry headers of its own", () => {
  const headers = [["allow", "get, post"]] as const;
  assert.deepEqual(problem("method-not-allowed", "", "42", undefined, headers).headers, headers);
});

test("a text reply is UTF-8 text, a verbatim one is what came", () => {
  const { status, contentType, body } = text(409, "taken");
  assert.deepEqual([status, contentType, body], [409, "text/plain; charset=utf-8", "taken"]);
  const bytes = Buffer.from([0, 0xff]);
  const reply = verbatim(201, undefined, bytes);
  assert.deepEqual([reply.status, reply.contentType, reply.headers], [201, undefined, []]);
  assert.equal(reply.body, bytes);
});

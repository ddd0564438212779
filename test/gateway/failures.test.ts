import assert from "node:assert/strict";
import { test } from "node:test";
import { UrocketError } from "../../lib/core/errors.ts";
import { events, type Fault } from "../../lib/core/events.ts";
import { verbatim } from "../../lib/core/reply.ts";
import type { ExitRecord } from "../../lib/process/types.ts";
import { output } from "../helpers/fake-starter.ts";
import { setUp } from "./set-up.ts";

const LATE = Buffer.from("late");

/** Sends a message whose process ends like this, and says what the caller and a late poster are told. */
function ended(facts: Partial<ExitRecord>) {
  const { gateway, starter, send } = setUp();
  const { id, caller } = send();
  starter.last.exit(facts);
  assert.equal(gateway.size, 0);
  return { caller, late: gateway.answer(id, verbatim(200, undefined, LATE)), kills: starter.last.kills };
}

test("a process that ends with another code than 0 without an answer is 502 at once", () => {
  const { caller, late, kills } = ended({ code: 3, stderr: output("secret") });
  assert.equal(caller.problem.status, 502);
  assert.equal(caller.problem.code, "process-failed");
  assert.equal(caller.problem.exit_code, 3);
  assert.equal(late, "failed");
  assert.deepEqual(kills, ["leader ended"]);
});

test("standard error is never sent to the caller", () => {
  const { caller } = ended({ code: 3, stderr: output("secret"), stdout: output("secret") });
  assert.doesNotMatch(caller.reply.body.toString(), /secret/);
});

test("a process that ends by a signal without an answer is 502 at once", () => {
  const { caller, late } = ended({ how: "signal", code: null, signal: "SIGSEGV" });
  assert.equal(caller.problem.code, "process-failed");
  assert.equal(caller.problem.signal, "SIGSEGV");
  assert.equal(late, "failed");
});

test("a process that can't be started is 502 with the step and the errno", () => {
  const { caller } = ended({ how: "spawn-error", pid: 0, code: null, step: "execve", errno: "ENOENT" });
  assert.equal(caller.problem.status, 502);
  assert.equal(caller.problem.code, "spawn-failed");
  assert.equal(caller.problem.step, "execve");
  assert.equal(caller.problem.errno, "ENOENT");
});

for (const errno of ["EAGAIN", "EMFILE", "ENFILE", "ENOMEM"]) {
  test(`a start that fails with ${errno} is 503 with Retry-After`, () => {
    const { caller } = ended({ how: "spawn-error", pid: 0, code: null, step: "clone", errno });
    assert.equal(caller.problem.status, 503);
    assert.equal(caller.problem.code, "spawn-unavailable");
    assert.deepEqual(caller.reply.headers, [["retry-after", "1"]]);
  });
}

test("a payload that the kernel finds too large is 413", () => {
  const { caller } = ended({ how: "spawn-error", pid: 0, code: null, step: "execve", errno: "E2BIG" });
  assert.equal(caller.problem.status, 413);
  assert.equal(caller.problem.code, "payload-too-large");
});

test("a process whose end nobody saw is 502", () => {
  const { caller } = ended({ how: "lost", code: null, step: "waitid", errno: "ECHILD" });
  assert.equal(caller.problem.code, "process-failed");
});

test("a process that the supervisor ended because it closes is 503", () => {
  const { caller } = ended({ how: "killed", code: null, signal: "SIGTERM", reason: "supervisor closed" });
  assert.equal(caller.problem.code, "shutting-down");
});

test("a payload that the channel refuses gets the status of its error", () => {
  const { gateway, starter, send } = setUp({
    channel: () => {
      throw new UrocketError("payload-not-representable", "expected text without NUL bytes, got one");
    },
  });
  const { id, caller } = send();
  assert.equal(caller.problem.status, 400);
  assert.equal(caller.problem.detail, "expected text without NUL bytes, got one");
  assert.equal(starter.started.length, 0);
  assert.equal(gateway.answer(id, verbatim(200, undefined, LATE)), "failed");
});

test("an unexpected exception is 500, tells the caller nothing of it, and is published as a fault", () => {
  const faults: Fault[] = [];
  const listener = (fault: unknown) => faults.push(fault as Fault);
  events.fault.subscribe(listener);
  const error = new TypeError("x is not a function");
  const { gateway, send } = setUp({
    channel: () => {
      throw error;
    },
  });
  const { id, caller } = send();
  events.fault.unsubscribe(listener);
  assert.equal(caller.problem.status, 500);
  assert.doesNotMatch(caller.reply.body.toString(), /not a function/);
  assert.deepEqual(faults, [{ requestId: id, error }]);
  assert.equal(gateway.size, 0);
});

test("a closed supervisor is 503", () => {
  const { starter, send } = setUp();
  starter.failure = new UrocketError("supervisor-closed", "expected an open supervisor");
  assert.equal(send().caller.problem.code, "shutting-down");
});

test("a caller that throws on its reply is published as a fault and harms nobody else", () => {
  const faults: Fault[] = [];
  const listener = (fault: unknown) => faults.push(fault as Fault);
  events.fault.subscribe(listener);
  const { gateway, send } = setUp();
  const { id, caller } = send();
  const error = new Error("the reply can't be sent");
  caller.respond = () => {
    throw error;
  };
  assert.equal(gateway.answer(id, verbatim(200, undefined, LATE)), "ok");
  events.fault.unsubscribe(listener);
  assert.deepEqual(faults, [{ requestId: id, error }]);
  assert.equal(gateway.size, 0);
});

test("a rule that throws is 500 to its caller, and the slot is given back", (t) => {
  t.mock.method(process, "emitWarning", () => {});
  const { gateway, starter, send } = setUp({
    reply: () => {
      throw new Error("a fault of the rule");
    },
  });
  const { caller } = send();
  starter.last.exit();
  assert.deepEqual([caller.problem.code, gateway.running, gateway.size], ["internal-error", 0, 0]);
});

import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { until } from "../helpers/until.ts";
import { ANSWER_LIMIT, openGateway, type Told } from "./reply-gateway.ts";
import { REPLIES } from "./reply-subjects.ts";

function problem({ headers, text }: Told): Record<string, unknown> {
  assert.equal(headers["content-type"], "application/problem+json", text);
  return JSON.parse(text);
}

for (const subject of REPLIES) {
  describe(`reply ${subject.name}`, () => {
    test("an answer reaches its caller, who has exactly one reply", async (t) => {
      const { ask, ended, gateway } = await openGateway(t, subject);
      const { status, headers, text } = await ask(subject.hello);
      assert.deepEqual([status, headers["content-type"]], [200, subject.says.type], text);
      if (subject.says.body === undefined) assert.equal(JSON.parse(text).stdout.text, "hello\n");
      else assert.equal(text, subject.says.body);
      await until("its process to end", () => gateway.running === 0);
      assert.equal(ended.length, 1);
      assert.equal(gateway.size, 0);
    });

    test("many at the same time get an answer each, and their own", async (t) => {
      const { ask } = await openGateway(t, subject);
      const numbers = Array.from({ length: 8 }, (_, index) => String(index));
      const texts = numbers.map(async (n) => (await ask(subject.hello.replaceAll("hello", `hello-${n}`))).text);
      for (const [n, text] of (await Promise.all(texts)).entries()) assert.match(text, new RegExp(`hello-${n}\\b`));
    });

    test("a posted answer wins over whatever the process does after it, with its status and headers", async (t) => {
      const { ask, ended, exited } = await openGateway(t, subject);
      const fields = "-H 'urocket-status: 418' -H 'Urocket-H-X-Kind: pot' -H 'content-type: text/tea'";
      const told = await ask(`post ${fields} -d posted; ${subject.hello}; exit 3`);
      assert.deepEqual([told.status, told.text], [418, "posted"]);
      assert.deepEqual([told.headers["x-kind"], told.headers["content-type"]], ["pot", "text/tea"]);
      await until("the process to end", () => exited.length === 1);
      assert.deepEqual([exited[0]?.record.code, ended[0]?.how], [3, "answered"]);
    });

    test("the second answer is told that it is late", async (t) => {
      const { ask, post, lastId } = await openGateway(t, subject);
      await ask("post -d first");
      const told = await post(await lastId(), "second");
      assert.deepEqual([told.status, problem(told).code], [409, "request-answered"]);
    });

    test("an answer that can't be used releases nobody, and its poster may correct it", async (t) => {
      const { ask, post, lastId, directory } = await openGateway(t, subject);
      const asked = ask("is go");
      const id = await lastId();
      const told = await post(id, "x", { "urocket-h-connection": "close" });
      assert.deepEqual([told.status, problem(told).code], [400, "answer-malformed"]);
      assert.equal((await post(id, "x", { "urocket-h-connected": "yes" })).status, 200);
      const { headers, text } = await asked;
      assert.deepEqual([headers.connected, text], ["yes", "x"]);
      writeFileSync(join(directory, "go"), "");
    });

    test("a process may fail on purpose, with its own words", async (t) => {
      const { ask, post, lastId } = await openGateway(t, subject);
      const told = await ask("fail 'no such pet'; exit 0");
      const { code, detail } = problem(told);
      assert.deepEqual([told.status, code, detail], [502, "process-reported-error", "no such pet"]);
      assert.equal(problem(await post(await lastId(), "late")).reason, "failed");
    });

    for (const [what, behind] of [
      ["a posted answer", ""],
      ["a reported error", "/error"],
    ]) {
      test(`${what} over the limit is 502 to the caller and 413 to the poster`, async (t) => {
        const { ask, post, lastId } = await openGateway(t, subject);
        const asked = ask("exec sleep 60");
        const told = await post(await lastId(), "x".repeat(ANSWER_LIMIT + 1), {}, behind);
        assert.deepEqual([told.status, problem(told).code], [413, "answer-too-large"]);
        assert.deepEqual([(await asked).status, problem(await asked).code], [502, "answer-refused"]);
      });
    }

    test("more output than the limit is never taken for a whole answer", async (t) => {
      const { ask } = await openGateway(t, subject);
      const told = await ask(
        `printf 'Content-Type: text/plain\\n\\n'; yes | head -c 100000; ${subject.prints ? "" : subject.hello}`,
      );
      if (subject.prints) assert.equal(problem(told).code, "answer-refused");
      else assert.equal(told.status, 200);
      if (subject.says.body === undefined) assert.equal(JSON.parse(told.text).stdout.truncated, true);
    });

    test("the timeout is 504 at once, the group is ended, and a late poster is told", async (t) => {
      const { ask, post, lastId, exited } = await openGateway(t, subject, { spec: { timeout: 100, grace: 50 } });
      const told = await ask("trap '' TERM; sleep 60 & sleep 60; sleep 60");
      assert.deepEqual([told.status, problem(told).code], [504, "process-timeout"]);
      const late = await post(await lastId(), "late");
      assert.deepEqual([late.status, problem(late).reason], [410, "timed-out"]);
      await until("the process to end", () => exited.length === 1);
      assert.deepEqual([exited[0]?.record.how, exited[0]?.record.signal], ["timeout", "SIGKILL"]);
    });

    for (const [what, script, facts] of [
      ["another exit code than 0", "echo out; echo secret >&2; exit 3", { exit_code: 3 }],
      ["a signal", "kill -9 $$", { signal: "SIGKILL" }],
    ] as const) {
      test(`${what} without an answer is 502 at once`, async (t) => {
        const { ask, post, lastId } = await openGateway(t, subject);
        const told = await ask(script);
        assert.equal(told.status, 502);
        if (subject.reports) {
          const { ok, exit } = JSON.parse(told.text);
          const expected = { how: "signal", code: null, signal: "SIGKILL", core_dumped: false };
          const exit3 = { ...expected, how: "exit", code: 3, signal: null };
          assert.deepEqual([ok, exit], [false, "signal" in facts ? expected : exit3]);
        } else {
          const { code, exit_code, signal } = problem(told);
          assert.deepEqual(
            { code, exit_code, signal },
            { code: "process-failed", exit_code: undefined, signal: undefined, ...facts },
          );
          assert.doesNotMatch(told.text, /secret/);
        }
        assert.equal(
          problem(await post(await lastId(), "late")).code,
          subject.reports ? "request-answered" : "request-ended",
        );
      });
    }

    test("a process that can't be started is 502 with the step and the errno", async (t) => {
      const { ask } = await openGateway(t, subject, { spec: { cwd: "/no/such/directory" }, stats: true });
      const told = await ask("exit 0");
      const { code, step, errno } = problem(told);
      assert.deepEqual([told.status, code, step, errno], [502, "spawn-failed", "chdir", "ENOENT"]);
      assert.equal(JSON.parse(String(told.headers["urocket-stats"])).exit.how, "spawn-error");
    });

    test("a process that ends well and silently is what the reply says it is", async (t) => {
      const { ask, exited, gateway } = await openGateway(t, subject, { replyTimeout: 100 });
      if (subject.silent === "no end") {
        const told = await ask("exit 0");
        assert.deepEqual([told.status, problem(told).code], [504, "reply-timeout"]);
      } else if (subject.silent === "report") assert.equal(JSON.parse((await ask("exit 0")).text).ok, true);
      else if (subject.silent === "answer") assert.equal((await ask("exit 0")).status, 200);
      else assert.equal(problem(await ask("exit 0")).code, subject.silent);
      await until("the exit record", () => exited.length === 1);
      assert.equal(gateway.size, 0);
    });

    test("a caller that leaves ends its process, unless it was told to come back", async (t) => {
      const { start, exited, ended, post, lastId, gateway, directory } = await openGateway(t, subject);
      const asking = start({ path: "/run", method: "POST" }, "touch begun; is go");
      if (subject.accepted) await asking.told;
      else asking.told.catch(() => {});
      const id = await lastId();
      await until("the process to run", () => existsSync(join(directory, "begun")));
      asking.hangUp();
      if (subject.accepted) {
        assert.equal((await post(id, "done")).status, 200);
        writeFileSync(join(directory, "go"), "");
        await until("the process to end", () => exited.length === 1);
        assert.equal(exited[0]?.record.how, "exit");
        return;
      }
      await until("the process to end", () => exited.length === 1);
      assert.deepEqual([exited[0]?.record.how, exited[0]?.record.reason], ["killed", "caller left"]);
      assert.deepEqual([ended.length, ended[0]?.how, ended[0]?.status, gateway.size], [1, "caller-left", 0, 0]);
      const late = await post(id, "late");
      assert.deepEqual([late.status, problem(late).reason], [410, "caller-left"]);
    });

    test("with onabort continue the process of a caller that left goes on to its own end", async (t) => {
      const { start, exited, lastId, directory } = await openGateway(t, subject, { onAbort: "continue" });
      const asking = start({ path: "/run", method: "POST" }, "touch begun; is go; exit 5");
      asking.told.catch(() => {});
      await lastId();
      await until("the process to run", () => existsSync(join(directory, "begun")));
      asking.hangUp();
      writeFileSync(join(directory, "go"), "");
      await until("the process to end", () => exited.length === 1);
      assert.deepEqual([exited[0]?.record.how, exited[0]?.record.code], ["exit", 5]);
    });

    test("the shutdown lets what runs answer within the grace", async (t) => {
      const { start, gateway, lastId, directory, ended } = await openGateway(t, subject);
      const asking = start({ path: "/run", method: "POST" }, `is go; ${subject.hello}`);
      await lastId();
      const closed = gateway.close({ grace: 60_000 });
      writeFileSync(join(directory, "go"), "");
      await closed;
      assert.equal((await asking.told).status, subject.accepted ? 202 : 200);
      assert.deepEqual([ended[0]?.how, ended[0]?.status], ["answered", 200]);
    });

    test("when the grace is over the rest is 503 and its process killed", async (t) => {
      const { start, gateway, lastId, exited, ended, post } = await openGateway(t, subject, { stats: true });
      const asking = start({ path: "/run", method: "POST" }, "exec sleep 60");
      const id = await lastId();
      await gateway.close();
      const told = await asking.told;
      assert.equal(told.status, subject.accepted ? 202 : 503);
      assert.deepEqual([ended[0]?.how, ended.length, exited.length], ["shutting-down", 1, 1]);
      assert.deepEqual([exited[0]?.record.how, exited[0]?.record.reason], ["killed", "shutting down"]);
      assert.equal(problem(await post(id, "late")).reason, "shut-down");
    });

    test("with stats on the reply has the figures of its process", async (t) => {
      const on = await openGateway(t, subject, { stats: true });
      const { status, headers } = await on.ask(subject.hello);
      assert.equal(status, 200);
      const stats = JSON.parse(String(headers["urocket-stats"]));
      assert.deepEqual(stats.exit, { how: "exit", code: 0, signal: null });
      for (const name of ["utime", "stime", "maxrss", "wall", "stdout", "stderr"]) assert.ok(stats[name] >= 0, name);
      assert.ok(stats.maxrss > 100_000 && Date.parse(stats.started_at) > 1.5e12);
      assert.match(String(headers["server-timing"]), /^queue;dur=[\d.]+, spawn;dur=[\d.]+, run;dur=[\d.]+$/);
    });

    test("with stats off the reply has no figures", async (t) => {
      const { ask } = await openGateway(t, subject);
      const { headers } = await ask(subject.hello);
      assert.deepEqual([headers["urocket-stats"], headers["server-timing"]], [undefined, undefined]);
    });

    test("a posted answer whose process goes on is sent with live figures", async (t) => {
      const { ask, ended, directory, exited } = await openGateway(t, subject, { stats: true });
      const told = await ask("post -d early; is go");
      assert.equal(told.text, "early");
      const stats = JSON.parse(String(told.headers["urocket-stats"]));
      assert.deepEqual([stats.running, typeof stats.utime, typeof stats.maxrss], [true, "number", "number"]);
      assert.match(String(told.headers["server-timing"]), /^queue;dur=[\d.]+, run;dur=[\d.]+$/);
      assert.deepEqual([ended[0]?.how, ended[0]?.record, exited.length], ["answered", undefined, 0]);
      writeFileSync(join(directory, "go"), "");
    });

    test("a status without a body has none", async (t) => {
      const { ask } = await openGateway(t, subject);
      for (const status of [204, 304]) {
        const told = await ask(`post -X POST -H 'urocket-status: ${status}'`);
        assert.deepEqual([told.status, told.text], [status, ""]);
      }
    });
  });
}

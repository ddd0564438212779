import assert from "node:assert/strict";
import { test } from "node:test";
import { frame } from "../../lib/cli/top/frame.ts";
import { styleOf } from "../../lib/cli/top/style.ts";
import { FIRST_VIEW, type View } from "../../lib/cli/top/view.ts";
import type { StatusFailure, StatusProcess, StatusRoute, StatusSnapshot } from "../../lib/observe/status/types.ts";

const PLAIN = styleOf(false);

/** So many processes of as many routes, of which the last has a long name, and as many failures. */
function view(many: number, more: Partial<StatusSnapshot> = {}): View {
  const numbers = Array.from({ length: many }, (_, n) => n);
  const nameOf = (n: number) => `/service-${n}${n === many - 1 ? "/and-so-on".repeat(15) : ""}/items`;
  const message = (n: number) => ({ requestId: String(n), route: nameOf(n), verb: "get" });
  const processes = numbers.map((n): StatusProcess => {
    return { ...message(n), pid: 1000 + n, age: 5000 - n, cpu: 0, rss: 1_500_000, state: "sleeping" };
  });
  const routes = numbers.map((n): StatusRoute => {
    const figures = { requests: 9, failures: 0, rate: many - n, p50: 1.5, p99: 20, maxrss: null };
    return { route: nameOf(n), verb: "get", ...figures, cpuUser: 3, cpuSystem: 4, running: 1, waiting: 0 };
  });
  const lastFailures = numbers.map((n): StatusFailure => {
    const end = { process: "exit code 3", stderr: "no\n" };
    return { ...message(n), path: "/", status: 502, how: "process-failed", at: 0, elapsed: 1, ...end };
  });
  const state = {
    draining: false,
    saturated: false,
    inFlight: many,
    waiting: 0,
    running: many,
    requests: 0,
    failures: 0,
  };
  const self = { pid: 1, cpu: 0, rss: 1, loopDelay: 0 };
  const lists = { seconds: [], processes, line: [], lastFailures, lastRequests: [], routes };
  return {
    ...FIRST_VIEW,
    lost: undefined,
    snapshot: { now: 1, uptime: 1, version: "1.2.3", ...state, ...lists, self, ...more },
  };
}

test("columns that are needed least give way to names, the last first", () => {
  const lines = frame(view(6), { width: 60, height: 24 }, PLAIN);
  assert.ok(lines.every((line) => line.length <= 60));
  const head = lines.find((line) => line.includes("ROUTE")) ?? "";
  assert.match(head, /^ {2}ROUTE \(5 of 6\) +REQ\/S +ALL +FAILED +P50 +P99 +CPU$/);
  assert.ok(lines.some((line) => /^ {2}GET \/service-0\/items +6 /.test(line)));
});

test("a name that is not shown makes no column wide, and the title tells how many there are", () => {
  const lines = frame(view(30), { width: 200, height: 24 }, PLAIN);
  const head = lines.find((line) => line.includes("ROUTE")) ?? "";
  assert.match(head, /^ {2}ROUTE \(5 of 30\) +REQ\/S/);
  assert.ok(head.length < 100, head);
  assert.ok(lines.some((line) => /PROCESS OF \(\d of 30\)/.test(line)));
});

test("where there are few lines, what runs is seen rather than titles without rows", () => {
  const lines = frame(view(30), { width: 40, height: 10 }, PLAIN);
  assert.equal(lines.length, 10);
  assert.ok(lines.every((line) => line.length <= 40));
  assert.equal(lines.filter((line) => /^ {2}10\d\d {2}GET \/service-\d/.test(line)).length, 4);
  assert.ok(!lines.some((line) => line.includes("ROUTE")));
});

test("a gateway that ends says so where no terminal is too narrow for it", () => {
  const [first] = frame(view(1, { draining: true }), { width: 30, height: 10 }, PLAIN);
  assert.match(first ?? "", /^urocket 1\.2\.3 {2}DRAINING/);
});

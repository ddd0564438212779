import assert from "node:assert/strict";
import { test } from "node:test";
import { capacityOf, type Machine } from "../../lib/config/capacity.ts";
import { readMachine } from "../../lib/config/machine.ts";
import { mistakesIn, parse } from "./parsing.ts";

const LARGE: Machine = { cpus: 4, memory: 64 * 1024 ** 3, descriptors: 1_048_576, processes: 100_000 };

test("16 processes run for each CPU, and four wait for each of them", () => {
  assert.deepEqual(capacityOf(LARGE), { processes: 64, queue: 256 });
});

for (const [what, machine, processes] of [
  ["half of a CPU", { cpus: 0.5 }, 8],
  ["half a GiB of memory", { memory: 512 * 1024 ** 2 }, 8],
  ["1,024 descriptors and 64 CPUs", { cpus: 64, descriptors: 1024 }, 96],
  ["100 processes for our user", { cpus: 64, processes: 100 }, 50],
  ["next to nothing", { memory: 1, descriptors: 3 }, 1],
] as const) {
  test(`with ${what}, ${processes} run at once`, () => {
    assert.equal(capacityOf({ ...LARGE, ...machine }).processes, processes);
  });
}

test("the line goes with the number of processes that is asked for", () => {
  const routes = "paths: {/a: {get: {cmd: x}}}\n";
  const { processes, queue } = parse(`${routes}limits: {processes: 3}`).limits;
  assert.deepEqual([processes, queue], [3, 12]);
  const given = parse(`${routes}limits: {processes: 3, queue: 0}`).limits;
  assert.deepEqual([given.processes, given.queue], [3, 0]);
});

test("no process at all is a mistake, and so is a line of less than none", () => {
  assert.deepEqual(mistakesIn("limits: {processes: 0, queue: -1}\npaths: {/a: {get: {cmd: x}}}"), [
    "1:21: expected `processes` to be a whole number above 0, got 0",
    "1:31: expected `queue` to be a whole number, 0 or more, got -1",
  ]);
});

test("this machine has at least something of everything", () => {
  for (const [what, amount] of Object.entries(readMachine())) assert.ok(amount > 0, `${what}: ${amount}`);
  assert.ok(readMachine().memory < Number.MAX_SAFE_INTEGER);
});

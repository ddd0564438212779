import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Admission, type Candidate, Lane } from "../../lib/gateway/admission.ts";

/** A candidate that notes its admission. */
class Waiter implements Candidate {
  lane: Lane | undefined;
  previous: Candidate | undefined;
  next: Candidate | undefined;
  readonly name: string;
  readonly #admitted: string[];

  constructor(name: string, admitted: string[]) {
    this.name = name;
    this.#admitted = admitted;
  }

  admit(): void {
    this.#admitted.push(this.name);
  }
}

function setUp(limits: { processes: number; queue: number }) {
  const admitted: string[] = [];
  const admission = new Admission(limits);
  const enter = (name: string, lane: Lane) => {
    const waiter = new Waiter(name, admitted);
    return { waiter, entered: admission.enter(waiter, lane) };
  };
  return { admission, admitted, enter };
}

test("as many run at once as there are slots, the next wait, and one more is turned away", () => {
  const { admission, admitted, enter } = setUp({ processes: 2, queue: 1 });
  const lane = new Lane();
  assert.deepEqual(
    ["a", "b", "c", "d"].map((name) => enter(name, lane).entered),
    [true, true, true, false],
  );
  assert.deepEqual(admitted, ["a", "b"]);
  assert.deepEqual([admission.running, admission.waiting], [2, 1]);
  admission.release(lane);
  assert.deepEqual(admitted, ["a", "b", "c"]);
  assert.deepEqual([admission.running, admission.waiting], [2, 0]);
});

test("the lanes take turns, each in the order of its coming", () => {
  const { admission, admitted, enter } = setUp({ processes: 1, queue: 10 });
  const [busy, quiet] = [new Lane(), new Lane()];
  for (const name of ["b1", "b2", "b3", "b4"]) enter(name, busy);
  for (const name of ["q1", "q2"]) enter(name, quiet);
  const owners = [busy, busy, quiet, busy, quiet];
  for (const owner of owners) admission.release(owner);
  assert.deepEqual(admitted, ["b1", "b2", "q1", "b3", "q2", "b4"]);
});

test("a lane at its own bound lets others pass", () => {
  const { admission, admitted, enter } = setUp({ processes: 3, queue: 10 });
  const [narrow, wide] = [new Lane(1), new Lane()];
  for (const name of ["n1", "n2"]) enter(name, narrow);
  for (const name of ["w1", "w2"]) enter(name, wide);
  assert.deepEqual(admitted, ["n1", "w1", "w2"]);
  admission.release(wide);
  assert.deepEqual(admitted, ["n1", "w1", "w2"]);
  admission.release(narrow);
  assert.deepEqual(admitted, ["n1", "w1", "w2", "n2"]);
});

test("who leaves the line frees its place and is not admitted", () => {
  const { admission, admitted, enter } = setUp({ processes: 1, queue: 2 });
  const lane = new Lane();
  enter("a", lane);
  const { waiter } = enter("b", lane);
  enter("c", lane);
  admission.withdraw(waiter);
  admission.withdraw(waiter);
  assert.equal(enter("d", lane).entered, true);
  admission.release(lane);
  admission.release(lane);
  assert.deepEqual(admitted, ["a", "c", "d"]);
});

test("higher limits let those in who wait", () => {
  const { admission, admitted, enter } = setUp({ processes: 1, queue: 5 });
  const lane = new Lane();
  for (const name of ["a", "b", "c"]) enter(name, lane);
  admission.limit({ processes: 3, queue: 0 });
  assert.deepEqual(admitted, ["a", "b", "c"]);
  assert.equal(enter("d", lane).entered, false);
});

test("a hundred thousand that give their slots back at once need no stack", () => {
  const admission = new Admission({ processes: 1, queue: Number.POSITIVE_INFINITY });
  const lane = new Lane();
  let admitted = 0;
  class Quitter extends Waiter {
    override admit(): void {
      admitted++;
      if (admitted > 1) admission.release(lane);
    }
  }
  for (let i = 0; i < 100_000; i++) admission.enter(new Quitter("", []), lane);
  admission.release(lane);
  assert.deepEqual([admitted, admission.running, admission.waiting], [100_000, 0, 0]);
});

test("whatever comes, runs, leaves and ends: no bound is passed, nobody is forgotten, no order is broken", () => {
  const step = fc.record({ do: fc.constantFrom("enter", "release", "withdraw"), lane: fc.nat(2), pick: fc.nat(50) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 4 }), (steps, processes) => {
      const admission = new Admission({ processes, queue: 8 });
      const lanes = [new Lane(1), new Lane(2), new Lane()];
      const running: number[] = [];
      const waiting: { waiter: Waiter; lane: number }[] = [];
      for (const { do: action, lane, pick } of steps) {
        const own = lanes[lane] as Lane;
        if (action === "enter") {
          const waiter = new Waiter("", []);
          waiter.admit = () => {
            const first = waiting.find((other) => other.lane === lane);
            assert.ok(first === undefined || first.waiter === waiter || !waiting.some((w) => w.waiter === waiter));
            const at = waiting.findIndex((other) => other.waiter === waiter);
            if (at !== -1) waiting.splice(at, 1);
            running.push(lane);
          };
          const before = running.length;
          if (admission.enter(waiter, own) && running.length === before) waiting.push({ waiter, lane });
        } else if (action === "release" && running.length > 0) {
          const [ended] = running.splice(pick % running.length, 1) as [number];
          admission.release(lanes[ended] as Lane);
        } else if (action === "withdraw" && waiting.length > 0) {
          const [gone] = waiting.splice(pick % waiting.length, 1);
          if (gone !== undefined) admission.withdraw(gone.waiter);
        }
        assert.equal(admission.running, running.length);
        assert.equal(admission.waiting, waiting.length);
        assert.ok(running.length <= processes && waiting.length <= 8);
        assert.ok(lanes.every((each, index) => each.running === running.filter((r) => r === index).length));
        // Nobody waits for nothing: where there is a slot, every lane with somebody waiting is at its own bound.
        if (running.length < processes) {
          assert.ok(waiting.every((each) => !(lanes[each.lane] as Lane).hasRoom));
        }
      }
    }),
  );
});

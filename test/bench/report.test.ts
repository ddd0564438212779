import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bench, Case, Peer, Setting } from "../../bench/case.ts";
import { measure } from "../../bench/measure.ts";
import { renderCase } from "../../bench/render.ts";
import { missing } from "../../bench/tools/installed.ts";

const setting: Setting = { patient: false, quick: true, long: false, window: 1, scratch: "" };
const target = { metric: "rate", peer: "ours", bound: "at least", unit: "×" } as const;

/** A case whose peers have these figures, one for each round; it notes who is measured and when it is closed. */
function caseOf(figures: Record<string, readonly number[] | string>, seen: string[], facts: Partial<Case> = {}): Case {
  const peers = Object.entries(figures).map(([name, rates]): Peer => {
    let round = 0;
    const absent = typeof rates === "string" ? rates : undefined;
    const next = async () => {
      seen.push(name);
      return { rate: Number(rates[round++]) };
    };
    return { name, note: `what ${name} is`, absent, measure: next };
  });
  const bench: Bench = { peers, close: async () => void seen.push("closed") };
  const metrics = [
    { key: "rate", title: "rate", digits: 1 },
    { key: "extra", title: "extra", digits: 1 },
  ];
  return { name: "case", about: "About it.", metrics, targets: [], prepare: async () => bench, ...facts };
}

test("peers are measured in turn, forwards and backwards", async () => {
  const seen: string[] = [];
  await measure(caseOf({ ours: [1, 2, 3], theirs: [1, 2, 3] }, seen), setting, 3, () => {});
  assert.deepEqual(seen, ["ours", "theirs", "theirs", "ours", "ours", "theirs", "closed"]);
});

test("ratios are taken within a round, and their median is held against the target", async () => {
  const targets = [
    { ...target, over: "theirs", value: 2 },
    { ...target, over: "theirs", value: 2.1 },
  ];
  const { verdicts } = await measure(
    caseOf({ ours: [10, 40, 30], theirs: [10, 10, 15] }, [], { targets }),
    setting,
    3,
    () => {},
  );
  assert.deepEqual(
    verdicts.map(({ figures, met }) => ({ figures, met })),
    [
      { figures: [1, 4, 2], met: true },
      { figures: [1, 4, 2], met: false },
    ],
  );
});

test("an absent peer is in the table with the reason, and a target that needs it has no verdict", async () => {
  const targets = [{ ...target, over: "theirs", value: 2 }];
  const result = await measure(caseOf({ ours: [10], theirs: "no such server" }, [], { targets }), setting, 1, () => {});
  const text = renderCase(result);
  assert.match(text, /^\| theirs \| absent: no such server \|/m);
  assert.match(text, /not measured: a peer is absent/);
  assert.match(text, /^\| ours \| 10\.0 \| – \| what ours is \|$/m);
});

test("a missed target is told with its figure", async () => {
  const targets = [{ ...target, value: 12.5 }];
  const text = renderCase(await measure(caseOf({ ours: [10] }, [], { targets }), setting, 1, () => {}));
  assert.match(text, /^\| rate of ours: at least 12\.5 × \| 10\.00 \| \*\*missed\*\* \|$/m);
});

test("a case has no more rounds than it says", async () => {
  const seen: string[] = [];
  await measure(caseOf({ ours: [1, 2, 3] }, seen, { mostRounds: 2 }), setting, 3, () => {});
  assert.deepEqual(seen, ["ours", "ours", "closed"]);
});

test("a figure that is no number ends the run, and the case is closed", async () => {
  const seen: string[] = [];
  const run = measure(caseOf({ ours: [Number.NaN] }, seen), setting, 1, () => {});
  await assert.rejects(run, /expected `rate` of ours to be a number, got NaN/);
  assert.deepEqual(seen, ["ours", "closed"]);
});

test("what is not installed is told with the package that has it", () => {
  const shell = { program: "sh", package: "dash" };
  assert.equal(missing([shell]), undefined);
  const lost = { program: "no-such-server", package: "no-such-package" };
  const expected = "no no-such-server on this machine (Debian: apt-get install no-such-package)";
  assert.equal(missing([shell, lost]), expected);
});

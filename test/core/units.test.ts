import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseDuration, parseSize } from "../../lib/core/units.ts";

for (const [text, ms] of [
  [1500, 1500],
  ["1500", 1500],
  ["1500ms", 1500],
  ["1.5s", 1500],
  [" 2 m ", 120_000],
  ["2min", 120_000],
  ["1h", 3_600_000],
  [0, 0],
  ["0", 0],
] as const) {
  test(`${JSON.stringify(text)} is a duration of ${ms} ms`, () => {
    assert.equal(parseDuration(text), ms);
  });
}

for (const [text, bytes] of [
  [65_536, 65_536],
  ["64KiB", 65_536],
  ["64 kB", 64_000],
  ["1.5 MB", 1_500_000],
  ["10MiB", 10_485_760],
  ["1GiB", 1_073_741_824],
  ["2GB", 2_000_000_000],
  ["7B", 7],
  ["7", 7],
  [0.4, 0],
] as const) {
  test(`${JSON.stringify(text)} is a size of ${bytes} bytes`, () => {
    assert.equal(parseSize(text), bytes);
  });
}

const NEITHER = [
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  "",
  " ",
  "-1",
  "+1",
  "1e3",
  "0x10",
  ".5",
  "5.",
  "1 000",
  "s",
];

for (const value of [...NEITHER, true, null, undefined, [], {}, 5n]) {
  test(`${String(value)} (${typeof value}) is neither a duration nor a size`, () => {
    assert.equal(parseDuration(value), undefined);
    assert.equal(parseSize(value), undefined);
  });
}

test("units are written as they are, and those of the other quantity are unknown", () => {
  for (const text of ["1S", "1Ms", "1d", "1KiB", "1constructor", "1toString"])
    assert.equal(parseDuration(text), undefined);
  for (const text of ["1kib", "1KB", "1s", "1constructor"]) assert.equal(parseSize(text), undefined);
});

test("digits without end are no quantity", () => {
  assert.equal(parseDuration("9".repeat(400)), undefined);
  assert.equal(parseSize("9".repeat(400)), undefined);
});

test("a number and its digits mean the same", () => {
  fc.assert(
    fc.property(fc.nat(), (amount) => {
      assert.equal(parseDuration(String(amount)), parseDuration(amount));
      assert.equal(parseSize(String(amount)), parseSize(amount));
    }),
  );
});

test("a unit is a factor, whatever blanks surround it", () => {
  const blanks = fc.string({ unit: fc.constantFrom(" ", "\t") });
  const unit = fc.constantFrom(["ms", 1], ["s", 1000], ["m", 60_000], ["min", 60_000], ["h", 3_600_000]);
  fc.assert(
    fc.property(fc.nat(), unit, blanks, blanks, (amount, [name, factor], before, after) => {
      assert.equal(parseDuration(`${before}${amount}${after}${name}${before}`), amount * Number(factor));
    }),
  );
});

test("any value gives a finite quantity of at least 0, or none", () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string(), fc.double().map(String)), (value) => {
      for (const quantity of [parseDuration(value), parseSize(value)]) {
        assert.ok(quantity === undefined || (Number.isFinite(quantity) && quantity >= 0));
      }
    }),
  );
});

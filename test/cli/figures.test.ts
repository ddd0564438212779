import assert from "node:assert/strict";
import { test } from "node:test";
import { columns, fit, wrap } from "../../lib/cli/columns.ts";
import { durationText, sizeText } from "../../lib/cli/figures.ts";

for (const [ms, text] of [
  [0, "0 ms"],
  [500, "500 ms"],
  [1000, "1 s"],
  [1500, "1.5 s"],
  [90_000, "90 s"],
  [120_000, "2 min"],
  [86_400_000, "24 h"],
  [1_000_001, "1000.001 s"],
] as const) {
  test(`${ms} milliseconds are ${text}`, () => {
    assert.equal(durationText(ms), text);
  });
}

for (const [bytes, text] of [
  [0, "0 bytes"],
  [100, "100 bytes"],
  [1024, "1 KiB"],
  [1536, "1.5 KiB"],
  [10 * 1024 ** 2, "10 MiB"],
  [3 * 1024 ** 3, "3 GiB"],
] as const) {
  test(`${bytes} bytes are ${text}`, () => {
    assert.equal(sizeText(bytes), text);
  });
}

test("columns stand below each other", () => {
  assert.deepEqual(columns([["a", "b", "c"], ["long", "", "d"], ["e"]], " "), [" a     b  c", " long     d", " e"]);
});

test("a line that is too long shows where it was cut", () => {
  assert.equal(fit("12345", 5), "12345");
  assert.equal(fit("123456", 5), "1234…");
});

test("a wrapped line keeps its indentation and hangs below it", () => {
  assert.deepEqual(wrap("  - one two three four", 12), ["  - one two", "    three", "    four"]);
  assert.deepEqual(wrap("one", 2), ["one"]);
  assert.deepEqual(wrap("  a unbreakable-word b", 10), ["  a", "    unbreakable-word", "    b"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { cell, clean, cut, widthOf } from "../../lib/cli/top/cells.ts";
import { bytesText, rateText, timeText } from "../../lib/cli/top/figures.ts";
import { table } from "../../lib/cli/top/table.ts";

test("data can neither move the cursor nor turn the direction of writing", () => {
  assert.equal(clean("a\x1b[2J\r\nb\tc\u202ed"), "a\\x1b[2J\\x0d\\x0ab c\\u202ed");
});

test("wide characters take two columns and accents none, also where a text is cut", () => {
  assert.deepEqual(["abc", "日本", "e\u0301", "🙂"].map(widthOf), [3, 4, 1, 2]);
  assert.deepEqual([cut("abcdef", 4), cut("日本語", 4), cut("abc", 3), cut("abc", 0)], ["abc…", "日…", "abc", ""]);
  assert.deepEqual([cell("日本", 6), cell("ab", 4, "right"), cell("日本語", 4)], ["日本  ", "  ab", "日… "]);
});

test("where a table is too wide, the column that grows gives way", () => {
  const columns = [
    { title: "A", grows: true },
    { title: "B", align: "right" },
  ] as const;
  const lines = table(
    columns,
    [
      ["x".repeat(50), "1"],
      ["y", "22"],
    ],
    20,
  );
  assert.deepEqual(lines, [`A${" ".repeat(18)}B`, `${"x".repeat(15)}…   1`, `y${" ".repeat(17)}22`]);
});

test("figures are told in few characters", () => {
  const times = [null, 0, 1.24, 340.4, 59_960, 185_000, 7_500_000, 352_800_000].map(timeText);
  assert.deepEqual(times, ["-", "0ms", "1.2ms", "340ms", "59.9s", "3m05s", "2h05m", "4d02h"]);
  assert.deepEqual([null, 512, 1536, 1024 ** 3 * 20].map(bytesText), ["-", "512B", "1.5K", "20G"]);
  assert.deepEqual([0, 0.25, 12.54, 1240.4].map(rateText), ["0", "0.25", "12.5", "1240"]);
});

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { isShowable, shellWord } from "../../lib/cli/shell-word.ts";

for (const [text, word] of [
  ["plain-word_1.txt", "plain-word_1.txt"],
  ["", "''"],
  ["two words", "'two words'"],
  ["it's", `'it'\\''s'`],
  ["A=b", "'A=b'"],
  ["~", "'~'"],
  ["caffè", "'caffè'"],
  ["a\nb'\\", "$'a\\nb\\'\\\\'"],
  ["\u001b[31m", "$'\\u001b[31m'"],
  ["\u{e0001}", "$'\\U000e0001'"],
] as const) {
  test(`${JSON.stringify(text)} is the word ${word}`, () => {
    assert.equal(shellWord(text), word);
  });
}

test("bash reads every word back as the text it was", () => {
  const texts = fc
    .sample(
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 8 }),
        fc.string({
          unit: fc.constantFrom("'", "\\", "\n", "\t", "$", "`", '"', " ", "!", "\u0001", "\u0085", "é"),
          maxLength: 8,
        }),
      ),
      1000,
    )
    .filter((text) => !text.includes("\0") && Buffer.from(text).toString() === text);
  const script = `printf '%s\\0' ${texts.map(shellWord).join(" ")}`;
  const read = execFileSync("bash", ["-c", script], { encoding: "utf8", env: { LC_ALL: "C.UTF-8" } });
  assert.deepEqual(read.split("\0").slice(0, -1), texts);
});

test("a word is one line, and can drive no terminal", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => isShowable(shellWord(text))));
});

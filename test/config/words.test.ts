import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitWords } from "../../lib/config/words.ts";
import { PLACEHOLDERS } from "../../lib/core/template.ts";

for (const [line, words] of [
  ["", []],
  [" \t\n ", []],
  ["a", ["a"]],
  ["  a\tb\n c ", ["a", "b", "c"]],
  ["'a b' \"c d\"", ["a b", "c d"]],
  ["a'b c'd\"e f\"", ["ab cde f"]],
  ["'' \"\"", ["", ""]],
  [`'a"\\b'`, ['a"\\b']],
  [`"a'\\"\\\\\\n"`, [`a'"\\\\n`]],
  ["a\\ b \\'c \\\\", ["a b", "'c", "\\"]],
  ["a \\\n b", ["a", "b"]],
  ["a\\\nb", ["ab"]],
  ["$HOME `x` *.c a|b > c # d", ["$HOME", "`x`", "*.c", "a|b", ">", "c", "#", "d"]],
  ["{{ jsonpayload }}", ["{{ jsonpayload }}"]],
  ["x={{ path }}y {{query}}", ["x={{ path }}y", "{{query}}"]],
  ["'{{ path }}' \"{{ path }}\"", ["{{ path }}", "{{ path }}"]],
  ["{{ {a} }", ["{{", "{a}", "}"]],
  ["caffè\u00a0x 😀", ["caffè\u00a0x", "😀"]],
] as const) {
  test(`${JSON.stringify(line)} has the words ${JSON.stringify(words)}`, () => {
    assert.deepEqual(splitWords(line), { words });
  });
}

for (const [line, offset] of [
  ["'", 0],
  ["a 'b", 2],
  [`a "b\\"`, 2],
  ["'a' \"", 4],
  ["a\\", 1],
] as const) {
  test(`${JSON.stringify(line)} is open from ${offset} on`, () => {
    const split = splitWords(line);
    assert.ok("fault" in split);
    assert.equal(split.offset, offset);
  });
}

const anyText = fc.string({ unit: "binary" });
const anyWords = fc.array(anyText);

test("words in single quotes come back as they are", () => {
  fc.assert(
    fc.property(anyWords, (words) => {
      const line = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
      assert.deepEqual(splitWords(line), { words });
    }),
  );
});

test("words in double quotes come back as they are", () => {
  fc.assert(
    fc.property(anyWords, (words) => {
      const line = words.map((word) => `"${word.replaceAll(/["\\]/g, "\\$&")}"`).join(" ");
      assert.deepEqual(splitWords(line), { words });
    }),
  );
});

test("words with a backslash before every special character come back as they are", () => {
  // A backslash before a line feed joins lines instead, as in a shell.
  const word = fc.string({ unit: fc.constantFrom(..."ab \t'\"\\$|"), minLength: 1 });
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const line = words.map((text) => text.replaceAll(/[ \t'"\\]/g, "\\$&")).join("\t ");
      assert.deepEqual(splitWords(line), { words });
    }),
  );
});

test("words side by side without a blank are one word", () => {
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1 }), (parts) => {
      const line = parts.map((part) => `"${part.replaceAll(/["\\]/g, "\\$&")}"`).join("");
      assert.deepEqual(splitWords(line), { words: [parts.join("")] });
    }),
  );
});

test("any text either splits or is open at one of its characters", () => {
  const line = fc.string({ unit: fc.constantFrom(..."ab '\"\\{}\n") });
  fc.assert(
    fc.property(fc.oneof(line, anyText), (text) => {
      const split = splitWords(text);
      if ("fault" in split) assert.match(text[split.offset] ?? "", /['"\\]/);
      else assert.ok(split.words.join("").length <= text.length);
    }),
  );
});

test("a placeholder is inside one word, whatever blanks it has", () => {
  const blanks = fc.string({ unit: fc.constantFrom(" ", "\t") });
  const plain = fc.string({ unit: fc.constantFrom(..."ab=/.-") });
  fc.assert(
    fc.property(fc.constantFrom(...PLACEHOLDERS), blanks, blanks, plain, plain, (name, left, right, before, after) => {
      const word = `${before}{{${left}${name}${right}}}${after}`;
      assert.deepEqual(splitWords(`first ${word} last`), { words: ["first", word, "last"] });
    }),
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { printable } from "../../lib/observe/printable.ts";

test("plain text stays as it is, tabs and other alphabets too", () => {
  for (const text of ["", "a b\tc", "caffè ☕ 日本", '"quoted" \\n']) assert.equal(printable(text), text);
});

test("what could forge a line or steer a terminal becomes visible", () => {
  assert.equal(printable("a\nb\r"), "a\\x0ab\\x0d");
  assert.equal(printable("\x1b[2J"), "\\x1b[2J");
  assert.equal(printable("\u009b31m\x7f\0"), "\\x9b31m\\x7f\\x00");
  assert.equal(printable("a\u2028b"), "a\\u2028b");
});

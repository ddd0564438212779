import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { escapePath, isDotSegment, normalisePath } from "../../lib/core/path.ts";

test("text is escaped once, and what is escaped already stays", () => {
  assert.equal(escapePath("/a b/é/%2F/100%/{id}"), "/a%20b/%C3%A9/%2F/100%25/%7Bid%7D");
  assert.equal(escapePath("/\ud800"), "/%EF%BF%BD");
});

test("escapes that change nothing are taken away, the others are written one way", () => {
  assert.equal(normalisePath("/%7euser/%41%2d/%2f%c3%a9"), "/~user/A-/%2F%C3%A9");
});

test("escaping and normalising a second time changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const once = normalisePath(escapePath(text));
      assert.equal(normalisePath(escapePath(once)), once);
      assert.match(once, /^[!-~]*$/);
    }),
  );
});

test("segments that clients resolve are known however they are escaped", () => {
  for (const segment of [".", "..", "%2e", ".%2E"]) assert.ok(isDotSegment(segment), segment);
  for (const segment of ["", "...", "a.", "%2f"]) assert.equal(isDotSegment(segment), false, segment);
});

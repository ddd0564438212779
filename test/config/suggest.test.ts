import assert from "node:assert/strict";
import { test } from "node:test";
import { suggest } from "../../lib/config/suggest.ts";

const KEYS = ["port", "host", "timeout", "grace", "put", "post"];

for (const [slip, name] of [
  ["prot", "port"],
  ["timeuot", "timeout"],
  ["timeot", "timeout"],
  ["timeoutt", "timeout"],
  ["timeaut", "timeout"],
  ["pst", "post"],
  ["hosts", "host"],
] as const) {
  test(`${slip} is a slip of ${name}`, () => {
    assert.equal(suggest(slip, KEYS), name);
  });
}

test("a word that is near to none is a slip of none", () => {
  for (const word of ["", "x", "grief", "environment", "toimte"]) assert.equal(suggest(word, KEYS), undefined, word);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { payloadText } from "../../lib/channels/payload.ts";
import { message } from "./message.ts";

test("a body is the payload as it came, to the last byte", () => {
  for (const body of ['{"a": 1}\n', " ", "not json", "\ufeff{}", "Ωmega \u{1f680}"]) {
    assert.equal(payloadText(message(body, { query: "a=1" })), body);
  }
});

test("without a body the payload is the JSON object of the query", () => {
  assert.equal(payloadText(message("")), "{}");
  assert.equal(payloadText(message("", { query: "name=rex&age=3" })), '{"name":"rex","age":"3"}');
  assert.equal(payloadText(message("", { query: "q=a+b%26c&flag&=x" })), '{"q":"a b&c","flag":"","":"x"}');
});

test("a name that comes again is an array in the order of the query", () => {
  assert.equal(payloadText(message("", { query: "a=1&b=2&a=3&a=" })), '{"a":["1","3",""],"b":"2"}');
});

test("__proto__ and its kind are names like any other", () => {
  const query = "__proto__=1&constructor=2&toString=3&__proto__=4";
  assert.equal(payloadText(message("", { query })), '{"__proto__":["1","4"],"constructor":"2","toString":"3"}');
  assert.equal(({} as Record<string, unknown>)[0], undefined);
});

test("any query makes valid JSON that holds its values", () => {
  const pairs = fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" })), { minLength: 1 });
  fc.assert(
    fc.property(pairs, (given) => {
      const payload = payloadText(message("", { query: new URLSearchParams(given).toString() }));
      const expected = new Map<string, string[]>();
      for (const [name, value] of given) expected.set(name, [...(expected.get(name) ?? []), value]);
      for (const [name, value] of Object.entries(JSON.parse(payload))) {
        assert.deepEqual([value].flat(), expected.get(name));
        expected.delete(name);
      }
      assert.equal(expected.size, 0);
    }),
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { payloadEncoder } from "../../lib/channels/encoding.ts";
import { payloadBytes, payloadText } from "../../lib/channels/payload.ts";
import type { Message } from "../../lib/core/message.ts";
import { message } from "./message.ts";

function json(one: Message): string {
  return payloadText(payloadEncoder({})(one));
}

test("a body is the payload as it came, to the last byte", () => {
  for (const body of ['{"a": 1}\n', " ", "not json", "\ufeff{}", "Ωmega \u{1f680}"]) {
    assert.equal(json(message(body, { query: "a=1", params: { id: "2" } })), body);
  }
});

test("a body of any bytes is the payload, unless it is to be text", () => {
  const body = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  for (const encoding of ["json", "text"] as const) {
    const payload = payloadEncoder({ encoding })(message(body));
    assert.deepEqual(payloadBytes(payload), body);
    assert.throws(() => payloadText(payload), { code: "payload-not-representable" });
  }
});

test("without a body the payload is the JSON object of the query", () => {
  assert.equal(json(message("")), "{}");
  assert.equal(json(message("", { query: "name=rex&age=3" })), '{"name":"rex","age":"3"}');
  assert.equal(json(message("", { query: "q=a+b%26c&flag&=x" })), '{"q":"a b&c","flag":"","":"x"}');
});

test("path parameters are part of that object, and win over the query", () => {
  const params = { petId: "42", q: "path" };
  assert.equal(json(message("", { params })), '{"petId":"42","q":"path"}');
  assert.equal(json(message("", { query: "q=1&x=2&q=3", params })), '{"q":"path","x":"2","petId":"42"}');
});

test("in urlParamMode the object is the payload whatever the body is", () => {
  const one = message("body", { query: "a=1", params: { b: "2" }, headers: { "content-type": "text/plain" } });
  const written = (encoding: "json" | "form" | "text" | "base64") =>
    payloadText(payloadEncoder({ encoding, urlParamMode: true })(one));
  assert.equal(written("json"), '{"a":"1","b":"2"}');
  assert.equal(written("text"), '{"a":"1","b":"2"}');
  assert.equal(written("form"), "a=1&b=2");
  assert.equal(Buffer.from(written("base64"), "base64").toString(), '{"a":"1","b":"2"}');
});

test("a name that comes again is an array in the order of the query", () => {
  assert.equal(json(message("", { query: "a=1&b=2&a=3&a=" })), '{"a":["1","3",""],"b":"2"}');
});

test("__proto__ and its kind are names like any other", () => {
  const query = "__proto__=1&constructor=2&toString=3&__proto__=4";
  assert.equal(json(message("", { query })), '{"__proto__":["1","4"],"constructor":"2","toString":"3"}');
  assert.equal(({} as Record<string, unknown>)[0], undefined);
});

test("any query makes valid JSON that holds its values", () => {
  const pairs = fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" })), { minLength: 1 });
  fc.assert(
    fc.property(pairs, (given) => {
      const payload = json(message("", { query: new URLSearchParams(given).toString() }));
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

test("base64 carries any bytes as text", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
      const text = payloadText(payloadEncoder({ encoding: "base64" })(message(Buffer.from(bytes))));
      assert.match(text, /^[A-Za-z0-9+/]+={0,2}$/);
      assert.deepEqual(new Uint8Array(Buffer.from(text, "base64")), bytes);
    }),
  );
});

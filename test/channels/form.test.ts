import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { payloadEncoder } from "../../lib/channels/encoding.ts";
import { jsonItems, jsonMembers } from "../../lib/channels/json-members.ts";
import { message } from "./message.ts";

function form(body: string, contentType?: string): string {
  const headers = contentType === undefined ? {} : { "content-type": contentType };
  return payloadEncoder({ encoding: "form" })(message(body, { headers })).toString();
}

test("a form stays as it came, to the last byte", () => {
  for (const type of ["application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded; charset=utf-8"]) {
    for (const body of ["a=%20+&b", "&&", '{"a":1}']) assert.equal(form(body, type), body);
  }
});

test("the members of a JSON object become fields, whatever the content type", () => {
  assert.equal(form('{"a":"b c","d":"&=é"}'), "a=b+c&d=%26%3D%C3%A9");
  assert.equal(
    form(' { "a" : [ 1 , "x" , null , [2,3], {} ] , "b":[] } ', "text/plain"),
    "a=1&a=x&a=&a=%5B2%2C3%5D&a=%7B%7D",
  );
  assert.equal(form("{}"), "");
});

test("numbers keep their digits", () => {
  assert.equal(
    form('{"id":12345678901234567890,"price":1.50,"e":1E5,"z":-0}'),
    "id=12345678901234567890&price=1.50&e=1E5&z=-0",
  );
});

test("of members with one name the last counts, as it does for who parses the object", () => {
  assert.equal(form('{"a":1,"b":2,"a":3}'), "a=3&b=2");
  assert.equal(form('{"__proto__":1,"constructor":2}'), "__proto__=1&constructor=2");
});

test("what is neither a form nor an object is refused with what came", () => {
  const bodies: [body: string, got: RegExp][] = [
    ["a=1&b=2", /or a JSON object, got text that is neither, of 7 characters$/],
    ["[1]", /got a JSON array$/],
    [" null ", /got the JSON value null$/],
    ["12", /got the JSON value 12$/],
    ['{"a":}', /got text that is neither/],
    ["\ufeff{}", /got text that is neither/],
  ];
  for (const [body, got] of bodies) {
    assert.throws(() => form(body), { code: "payload-not-representable", message: got }, body);
  }
  const encode = payloadEncoder({ encoding: "form" });
  assert.throws(() => encode(message(Buffer.from([0xff]))), { code: "payload-not-representable" });
});

test("any object of texts, in any layout, comes out as its fields", () => {
  const fields = fc.dictionary(fc.string({ unit: "grapheme" }), fc.oneof(fc.string(), fc.array(fc.string())));
  fc.assert(
    fc.property(fields, fc.constantFrom("", " ", "\n\t"), (given, indent) => {
      const expected = new URLSearchParams();
      for (const [name, values] of Object.entries(given)) {
        for (const value of [values].flat()) expected.append(name, value);
      }
      assert.equal(form(JSON.stringify(given, null, indent)), expected.toString());
    }),
  );
});

test("the members of any object, parsed one by one, are the object", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom("", "  "), (given, indent) => {
      const members = [...jsonMembers(JSON.stringify(given, null, indent))];
      const parsed = Object.fromEntries(members.map(([name, json]) => [name, JSON.parse(json)]));
      assert.deepEqual(parsed, JSON.parse(JSON.stringify(given)));
    }),
  );
});

test("the items of any array, parsed one by one, are the array", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom("", "  "), (given, indent) => {
      const items = jsonItems(JSON.stringify(given, null, indent)).map((item) => JSON.parse(item));
      assert.deepEqual(items, JSON.parse(JSON.stringify(given)));
    }),
  );
});

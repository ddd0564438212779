import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { closeness, parseMediaType } from "../../lib/openapi/content/media-type.ts";
import { jsonFault } from "../../lib/openapi/json-fault.ts";
import { joinPointer, segmentsOf, valueAt } from "../../lib/openapi/pointer.ts";
import { isUnique } from "../../lib/openapi/schema/unique.ts";
import { show, showChoice } from "../../lib/openapi/show.ts";
import { Places } from "../../lib/openapi/source/places.ts";

const cut = fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 })).map(([json, at, noise]) => {
  const place = at % (json.length + 1);
  return json.slice(0, place) + noise + json.slice(place + noise.length);
});
const tokens = fc.array(
  fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"a"',
    "1",
    "-0.5e+1",
    "01",
    "true",
    "nul",
    " ",
    '"\\u00e9"',
    '"\\q"',
    "\n",
    "\t",
  ),
);
const almostJson = fc.oneof(
  cut,
  tokens.map((list) => list.join("")),
  fc.string(),
);

test("a fault is found in exactly the texts that are no JSON", () => {
  fc.assert(
    fc.property(almostJson, (text) => {
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      assert.equal(jsonFault(text) === undefined, valid, JSON.stringify(text));
    }),
    { numRuns: 2000 },
  );
});

test("what stands before a fault is JSON, or could have become it", () => {
  fc.assert(
    fc.property(almostJson, (text) => {
      const fault = jsonFault(text);
      if (fault === undefined) return;
      const lines = text.split("\n").slice(0, fault.position.line);
      const before = [...lines.slice(0, -1), lines.at(-1)?.slice(0, fault.position.column - 1)].join("\n");
      assert.ok(text.startsWith(before));
      assert.equal(jsonFault(before)?.got ?? "the end", "the end", JSON.stringify(text));
    }),
    { numRuns: 2000 },
  );
});

test("the fault of a deeply nested text is found", () => {
  const fault = jsonFault(`${"[".repeat(500_000)}}`);
  assert.deepEqual(fault, { expected: "a value", got: '"}"', position: { line: 1, column: 500_001 } });
});

test("lists are unique exactly if no two items are equal as JSON", () => {
  const item = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(1, "1", true, "true", null, "null", [], {}, [1], ["1"]),
  );
  const equal = (a: unknown, b: unknown) => {
    try {
      assert.deepEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)));
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(fc.array(item, { maxLength: 6 }), (items) => {
      const repeated = items.some((a, index) => items.slice(index + 1).some((b) => equal(a, b)));
      assert.equal(isUnique(items), !repeated);
    }),
  );
});

test("members in another order make no difference to equality", () => {
  assert.equal(
    isUnique([
      { a: 1, b: { c: 2, d: 3 } },
      { b: { d: 3, c: 2 }, a: 1 },
    ]),
    false,
  );
  assert.equal(isUnique([{ a: "1,b:2" }, { a: "1", b: 2 }]), true);
});

test("pointers lead where they were made for, whatever the names", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 4 }), (names) => {
      const pointer = names.reduce((sum, name) => joinPointer(sum, name), "");
      assert.deepEqual(segmentsOf(pointer), names);
      const document = names.reduceRight<unknown>(
        (inner, name) => JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(inner)}}`),
        7,
      );
      assert.equal(valueAt(document, pointer), 7);
    }),
  );
  assert.equal(valueAt({ a: [1] }, "/a/length"), undefined);
  assert.equal(valueAt({}, "/toString"), undefined);
});

test("places are those of keys and items, also behind aliases and where a pointer goes too far", () => {
  const places = new Places("a: &x\n  b:\n  - 1\n  - c: 2\nd: *x\n");
  for (const [pointer, line, column] of [
    ["", 1, 1],
    ["/a/b", 2, 3],
    ["/a/b/1", 4, 5],
    ["/a/b/1/c", 4, 5],
    ["/d/b/0", 3, 5],
    ["/a/b/9/z", 2, 3],
    ["/z", 1, 1],
  ] as const) {
    assert.deepEqual(places.find(pointer), { line, column }, pointer);
  }
});

for (const [text, type] of [
  ["text/html", "text/html {}"],
  ['Text/HTML;Charset="utf\\-8" ; a=B', 'text/html {"charset":"utf-8","a":"B"}'],
  ["application/vnd.a+json;", "application/vnd.a+json {}"],
  ["*/*", "*/* {}"],
  ["text", undefined],
  ["text/html; charset", undefined],
  ["text/html, text/plain", undefined],
  ["te xt/html", undefined],
  ["", undefined],
] as const) {
  test(`the content type "${text}" is ${type}`, () => {
    const parsed = parseMediaType(text);
    const shown = parsed && `${parsed.type}/${parsed.subtype} ${JSON.stringify(Object.fromEntries(parsed.parameters))}`;
    assert.equal(shown, type);
  });
}

test("ranges of content types are ordered by how much they say", () => {
  const type = parseMediaType("application/json; v=1");
  const of = (range: string) => {
    const parsed = parseMediaType(range);
    assert.ok(type !== undefined && parsed !== undefined);
    return closeness(parsed, type);
  };
  const ordered = ["text/json", "*/*", "application/*", "application/json", "application/json;v=1"].map(of);
  assert.equal(ordered[0], -1);
  assert.deepEqual(
    ordered,
    [...new Set(ordered)].sort((a, b) => a - b),
  );
  assert.equal(of("application/json;v=2"), -1);
});

test("what is shown of a value is short, on one line, and whole characters", () => {
  assert.equal(show("x".repeat(100)), `"${"x".repeat(80)}..."`);
  assert.equal(show(`${"x".repeat(79)}😀`), `"${"x".repeat(79)}..."`);
  assert.equal(show({ a: 1 }), "an object of 1 member");
  assert.equal(show(-0.5), "-0.5");
  assert.equal(show(null), "null");
  assert.equal(showChoice(["a"]), '"a"');
  assert.equal(showChoice([1, null]), "one of 1, null");
  assert.match(showChoice(Array.from({ length: 99 }, (_, index) => index)), /^one of 0, 1, .*, \.\.\. \(99 in all\)$/);
});

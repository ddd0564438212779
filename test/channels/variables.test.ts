import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { namedByHand, variableName } from "../../lib/channels/variables.ts";
import { isPlaceholder, PLACEHOLDERS, type Placeholder, placeholderMember } from "../../lib/core/template.ts";

// Names that are made to collide: of what escapes are written in, and of letters in both cases.
const member = fc.oneof(
  fc.array(fc.constantFrom(..."_-aAbF05x2D.~é"), { minLength: 1, maxLength: 8 }).map((chars) => chars.join("")),
  fc.stringMatching(/^[^\s{}]+$/),
);

const placeholder: fc.Arbitrary<Placeholder> = fc.oneof(
  fc.constantFrom(...PLACEHOLDERS),
  fc
    .tuple(fc.constantFrom("param", "query", "header"), member)
    .map(([family, name]) => `${family}.${name}`)
    .filter(isPlaceholder),
);

test("the name says the family and the name in it", () => {
  const names: [Placeholder, string][] = [
    ["jsonpayload", "UROCKET_JSONPAYLOAD"],
    ["payloadfile", "UROCKET_PAYLOADFILE"],
    ["param.petId", "UROCKET_PARAM_petId"],
    ["query.page_size", "UROCKET_QUERY_page_size"],
    ["query.page-size", "UROCKET_QUERY_page__2D_size"],
    ["query._a__b_", "UROCKET_QUERY__a__5F__b__5F_"],
    ["param.\u{1f680}", "UROCKET_PARAM___1F680_"],
    ["header.x-trace-id", "UROCKET_HEADER_X_TRACE_ID"],
    ["header.x_trace", "UROCKET_HEADER_X__2D_TRACE"],
  ];
  for (const [name, variable] of names) assert.equal(variableName(name), variable);
});

test("every variable is a name that every shell knows", () => {
  fc.assert(fc.property(placeholder, (name) => assert.match(variableName(name), /^UROCKET_[A-Za-z0-9_]+$/)));
});

test("two placeholders never share a variable", () => {
  const pair = fc.tuple(placeholder, placeholder).filter(([one, other]) => canonical(one) !== canonical(other));
  fc.assert(
    fc.property(pair, ([one, other]) => assert.notEqual(variableName(one), variableName(other))),
    { numRuns: 5000 },
  );
});

test("a variable written by hand asks for its placeholder", () => {
  fc.assert(
    fc.property(placeholder, (name) => {
      const variable = variableName(name);
      for (const word of [`$${variable}`, `"\${${variable}}"`, `a=$${variable};`]) {
        assert.deepEqual(namedByHand(word).map(canonical), [canonical(name)]);
      }
    }),
  );
});

test("a variable that only begins or ends like one of ours asks for nothing", () => {
  const words = [
    "$UROCKET_SOCKET",
    "$UROCKET_JSONPAYLOADS",
    "$MY_UROCKET_PATH",
    "$UROCKET_PARAM_",
    "$UROCKET_QUERY_a__zz_",
  ];
  for (const word of [...words, "$UROCKET_HEADER_x", "$UROCKET_PARAM_a__41_", "$UROCKET_PARAM___FFFFFF_"]) {
    assert.deepEqual(namedByHand(word), [], word);
  }
});

function canonical(name: Placeholder): string {
  const parts = placeholderMember(name);
  return parts === undefined ? name : `${parts.family}.${parts.member}`;
}

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isPlaceholder, parseTemplate, placeholderMember } from "../../lib/core/template.ts";

test("text and placeholders come in the order of the word", () => {
  assert.deepEqual(parseTemplate("--data={{jsonpayload}}&id={{request_id}}!"), [
    { kind: "text", source: "--data=" },
    { kind: "placeholder", source: "{{jsonpayload}}", name: "jsonpayload" },
    { kind: "text", source: "&id=" },
    { kind: "placeholder", source: "{{request_id}}", name: "request_id" },
    { kind: "text", source: "!" },
  ]);
});

test("blanks inside of the braces do not matter", () => {
  assert.deepEqual(parseTemplate("{{  jsonpayload\t}}"), [
    { kind: "placeholder", source: "{{  jsonpayload\t}}", name: "jsonpayload" },
  ]);
});

test("a placeholder may stand inside of further braces", () => {
  assert.deepEqual(
    parseTemplate('{"a":{{jsonpayload}}}').map((part) => part.source),
    ['{"a":', "{{jsonpayload}}", "}"],
  );
});

test("a name may have a second part behind a dot", () => {
  assert.deepEqual(parseTemplate("{{header.x-trace-id}}"), [
    { kind: "placeholder", source: "{{header.x-trace-id}}", name: "header.x-trace-id" },
  ]);
});

test("braces without a name in them are text", () => {
  for (const text of ["{{}}", "{{.Names}}", "{{json .}}", "{ {jsonpayload} }", "{{jsonpayload}", "{{1}}", "{{a\n}}"]) {
    assert.deepEqual(parseTemplate(text), [{ kind: "text", source: text }]);
  }
});

test("a parameter, a query parameter and a header are named behind the dot, whatever their names look like", () => {
  for (const name of ["param.petId", "query.filter[a.b]", "query.q", "query.ü", "header.X-Trace_Id", "param.query.x"]) {
    assert.ok(isPlaceholder(name), name);
  }
});

test("what is no family, has no name or could not be a header is unknown", () => {
  for (const name of [
    "param",
    "header",
    "params.x",
    "Param.x",
    "param.",
    "cookie.x",
    "header.a:b",
    "header.ü",
    "path.x",
  ]) {
    assert.ok(!isPlaceholder(name), name);
  }
});

test("the halves of a name, and a header's in lower case", () => {
  assert.deepEqual(placeholderMember("query.a.B"), { family: "query", member: "a.B" });
  assert.deepEqual(placeholderMember("header.X-Y"), { family: "header", member: "x-y" });
  assert.equal(placeholderMember("query"), undefined);
});

test("the sources of the parts joined are the word", () => {
  const piece = fc.constantFrom("{", "}", "{{", "}}", " ", ".", "path", "x", "{{query}}", "{{ a.b }}", "é");
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const word = pieces.join("");
      const joined = parseTemplate(word).map((part) => part.source);
      assert.equal(joined.join(""), word);
      assert.ok(joined.every((source) => source !== ""));
    }),
  );
});

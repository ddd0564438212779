import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTarget } from "../../lib/cli/dry/arguments.ts";
import { buildRequest } from "../../lib/cli/dry/request.ts";

const FRONT = { host: "::1", port: 8080 };
const PETS = parseTarget("/pets");

test("a request is a GET, with a body a POST, unless its verb is told", () => {
  assert.equal(buildRequest(PETS, {}, FRONT).verb, "get");
  assert.equal(buildRequest(PETS, { body: Buffer.alloc(0) }, FRONT).verb, "post");
  assert.equal(buildRequest(PETS, { body: Buffer.alloc(0), verb: "put" }, FRONT).verb, "put");
});

test("the headers are those that a client sends, and those that are told win", () => {
  const { headers } = buildRequest(
    PETS,
    {
      body: Buffer.from("é"),
      headers: [
        ["x-a", "1"],
        ["x-a", "2"],
      ],
    },
    FRONT,
  );
  assert.deepEqual(headers, { host: "[::1]:8080", "content-length": "2", "x-a": "1, 2" });
  assert.deepEqual(buildRequest(PETS, { headers: [["host", "other"]] }, FRONT).headers, { host: "other" });
});

for (const [text, path, query] of [
  ["/a", "/a", ""],
  ["a/b?c=d&e", "/a/b", "c=d&e"],
  ["//a", "//a", ""],
  ["/caffè?x=è", "/caff%C3%A8", "x=%C3%A8"],
  ["/a/../b", "/b", ""],
  ["https://x.example:1/a?b", "/a", "b"],
] as const) {
  test(`${text} asks for ${path}`, () => {
    assert.deepEqual(parseTarget(text), { path, query });
  });
}

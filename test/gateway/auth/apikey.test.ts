import assert from "node:assert/strict";
import { test } from "node:test";
import { call, challenge, refusal } from "./calls.ts";

const API_KEY = { type: "apikey", header: "X-Api-Key" } as const;

test("a caller with the key in its header field passes", () => {
  assert.equal(call(API_KEY, "k3y with, punctuation ~", { "x-api-key": "k3y with, punctuation ~" }), undefined);
});

test("a caller without the field is told its name", () => {
  const told = call(API_KEY, "key", { authorization: "Bearer key" });
  assert.equal(challenge(told), 'ApiKey realm="urocket", header="x-api-key"');
  assert.equal(told?.detail, "expected `x-api-key` with the key of this route, got none");
});

test("another key is refused, and neither of them told", () => {
  for (const given of ["s3cre", "s3cret2", "S3CRET", "s3cret, s3cret", "gue55"]) {
    const told = call(API_KEY, "s3cret", { "x-api-key": given });
    challenge(told, "s3cret", "gue55");
    assert.match(told?.detail ?? "", /, got another$/);
  }
  challenge(call(API_KEY, "s3cret", { "x-api-key": "" }));
});

test("a key that no header field can carry is refused before anybody calls", () => {
  for (const secret of ["", " a", "a ", "a\nb", "a\tb", "é", Buffer.from([0x61, 0xff])]) {
    assert.match(
      refusal(API_KEY, secret),
      /^expected the secret of `auth` to be one line of ASCII without spaces around it, got/,
    );
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { call, challenge, refusal } from "./calls.ts";

const BEARER = { type: "bearer" } as const;

test("a caller with the token passes, however it spells the scheme", () => {
  for (const scheme of ["Bearer", "bearer", "BEARER", "Bearer  "]) {
    assert.equal(call(BEARER, "a.B-1_~+/=", { authorization: `${scheme} a.B-1_~+/=` }), undefined);
  }
});

test("a caller without a token is asked for one, and no error is named", () => {
  assert.equal(challenge(call(BEARER, "token", {})), 'Bearer realm="urocket"');
  assert.equal(challenge(call(BEARER, "token", { authorization: "Basic dG9rZW4=" })), 'Bearer realm="urocket"');
});

for (const given of ["toke", "tokens", "Token", "token2", "x".repeat(8000), "", "токен", "token,token"]) {
  test(`another token is refused as such: ${JSON.stringify(given.slice(0, 10))}`, () => {
    const told = call(BEARER, "token", { authorization: `Bearer ${given}` });
    assert.equal(challenge(told), 'Bearer realm="urocket", error="invalid_token"');
    assert.equal(told?.detail, "expected `authorization: Bearer` with the token of this route, got another");
  });
}

test("neither the token nor what came in its place is told", () => {
  challenge(call(BEARER, "s3cret", { authorization: "Bearer gue55" }), "s3cret", "gue55");
});

test("a secret that is no token is refused before anybody calls", () => {
  for (const secret of ["", "two words", "tokén", "line\nbreak", "=a", Buffer.from([0xff, 0xfe])]) {
    assert.match(
      refusal(BEARER, secret),
      /^expected the secret of `auth` to be a token of letters.*, got (an empty one|other bytes)$/,
    );
  }
});

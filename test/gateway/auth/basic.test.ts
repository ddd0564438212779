import assert from "node:assert/strict";
import { test } from "node:test";
import { call, challenge, refusal } from "./calls.ts";

const BASIC = { type: "basic", user: "Aladdin" } as const;

function pair(text: string, scheme = "Basic"): { authorization: string } {
  return { authorization: `${scheme} ${Buffer.from(text).toString("base64")}` };
}

test("a caller with user and password passes, however it spells the scheme", () => {
  assert.equal(call(BASIC, "open sesame", { authorization: "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==" }), undefined);
  assert.equal(call(BASIC, "open sesame", pair("Aladdin:open sesame", "bAsIc")), undefined);
});

test("a password may hold colons, a user none", () => {
  assert.equal(call(BASIC, "a:b:", pair("Aladdin:a:b:")), undefined);
  assert.match(
    refusal({ type: "basic", user: "a:b" }, "x"),
    /^expected `user` of `auth` to be text without a colon, got a:b$/,
  );
});

test("user and password are UTF-8, in whichever way accents are composed", () => {
  const zoë = { type: "basic", user: "zoë" } as const;
  assert.equal(call(zoë, "pässwörd €", pair("zoë:pässwörd €".normalize("NFC"))), undefined);
  assert.equal(call(zoë, "pässwörd €", pair("zoë:pässwörd €".normalize("NFD"))), undefined);
});

test("a caller without credentials gets a challenge that names the encoding", () => {
  assert.equal(challenge(call(BASIC, "x", {})), 'Basic realm="urocket", charset="UTF-8"');
});

for (const given of [
  "Aladdin:",
  "Aladdin:open sesam",
  "Aladdin:open sesame ",
  "aladdin:open sesame",
  "open sesame",
  "",
]) {
  test(`other credentials are refused: ${JSON.stringify(given)}`, () => {
    const told = call(BASIC, "open sesame", pair(given));
    challenge(told, "open sesame", "Aladdin");
    assert.match(told?.detail ?? "", /, got another$/);
  });
}

test("a password with control characters, or none at all, is refused before anybody calls", () => {
  for (const secret of ["", "a\nb", "a\0b"]) {
    assert.match(
      refusal(BASIC, secret),
      /^expected the secret of `auth` to be a password without control characters, got/,
    );
  }
});

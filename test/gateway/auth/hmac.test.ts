import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { call, challenge, refusal } from "./calls.ts";

const GITHUB = { type: "hmac", header: "X-Hub-Signature-256", algorithm: "sha256", prefix: "sha256=" } as const;

/** From the documentation of GitHub's webhooks: secret, body, signature. */
const KNOWN = {
  secret: "It's a Secret to Everybody",
  body: "Hello, World!",
  signature: "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
};

test("the published example of a code host passes", () => {
  assert.equal(call(GITHUB, KNOWN.secret, { "x-hub-signature-256": KNOWN.signature }, KNOWN.body), undefined);
});

for (const algorithm of ["sha1", "sha256", "sha512"] as const) {
  test(`${algorithm} of a body of any bytes passes, without a prefix and in digits of either case`, () => {
    const body = Buffer.from([0, 255, 128, 10, 13]);
    const secret = Buffer.from([1, 2, 0, 255]);
    const digest = createHmac(algorithm, secret).update(body).digest("hex");
    const options = { type: "hmac", header: "signature", algorithm, prefix: "" } as const;
    assert.equal(call(options, secret, { signature: digest }, body), undefined);
    assert.equal(call(options, secret, { signature: digest.toUpperCase() }, body), undefined);
  });
}

test("another body, another key, or anything that is not that digest is refused, and nothing of it told", () => {
  const { secret, body, signature } = KNOWN;
  const digits = signature.slice("sha256=".length);
  const attempts: [given: string, body: string][] = [
    [signature, `${body} `],
    [signature, ""],
    [digits, body],
    [`sha1=${digits}`, body],
    [signature.slice(0, -1), body],
    [`${signature}0`, body],
    [`${signature.slice(0, -1)}g`, body],
    [`${signature.slice(0, -1)}8`, body],
    ["sha256=", body],
    ["", body],
    [`${signature}, ${signature}`, body],
  ];
  for (const [given, text] of attempts) {
    const told = call(GITHUB, secret, { "x-hub-signature-256": given }, text);
    assert.equal(
      challenge(told, secret, digits),
      'HMAC realm="urocket", header="x-hub-signature-256", algorithm="sha256"',
    );
    assert.match(told?.detail ?? "", /, got another$/);
  }
  assert.ok(call(GITHUB, "another", { "x-hub-signature-256": signature }, body));
});

test("a caller without the field is told its name", () => {
  assert.match(
    call(GITHUB, "x", {})?.detail ?? "",
    /^expected `x-hub-signature-256` with the HMAC-SHA256 .*, got none$/,
  );
});

test("a key without bytes is refused before anybody calls", () => {
  assert.match(refusal(GITHUB, ""), /^expected the secret of `auth` to have bytes, got an empty one$/);
});

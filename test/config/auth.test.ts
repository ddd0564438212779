import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuthConfig } from "../../lib/config/index.ts";
import { mistakesIn, parse, routeWith, textWith } from "./parsing.ts";

const AUTHS: readonly (readonly [text: string, auth: AuthConfig])[] = [
  ["{type: bearer, secretfile: token}", { type: "bearer", secret: { file: "/srv/app/token" } }],
  ["{type: bearer, secret-env: TOKEN}", { type: "bearer", secret: { env: "TOKEN" } }],
  ["{type: basic, user: àda, secretenv: P}", { type: "basic", user: "àda", secret: { env: "P" } }],
  ["{type: apikey, secretenv: K}", { type: "apikey", header: "x-api-key", secret: { env: "K" } }],
  ["{type: apikey, header: X-Key, secretenv: K}", { type: "apikey", header: "x-key", secret: { env: "K" } }],
  [
    "{type: hmac, secretenv: K}",
    { type: "hmac", header: "x-hub-signature-256", algorithm: "sha256", prefix: "sha256=", secret: { env: "K" } },
  ],
  [
    '{type: hmac, header: X-Sig, algorithm: sha1, prefix: "", secretfile: /run/k}',
    { type: "hmac", header: "x-sig", algorithm: "sha1", prefix: "", secret: { file: "/run/k" } },
  ],
];

for (const [text, auth] of AUTHS) {
  test(`auth: ${text} is understood`, () => {
    assert.deepEqual(routeWith("cmd: x", `auth: ${text}`).auth, auth);
  });
}

for (const [text, mistake] of [
  ["{secretenv: K}", "5:7: expected `auth` to have `type`, got none"],
  ["{type: bearer}", "5:7: expected `auth` to have `secretfile` or `secretenv`, got none"],
  ["{type: bearer, secretfile: a, secretenv: B}", "5:7: expected `auth` to have `secretfile` or `secretenv`, got both"],
  ["{type: basic, secretenv: K}", "5:7: expected `auth` of type basic to have `user`, got none"],
  ["{type: basic, user: 'a:b', secretenv: K}", '5:33: expected `user` to be a user name without colons, got "a:b"'],
  ["{type: bearer, user: a, secretenv: K}", "5:28: expected `user` with type basic only, got it with bearer"],
  [
    "{type: basic, user: a, Header: b, secretenv: K}",
    "5:36: expected `Header` with type apikey or hmac only, got it with basic",
  ],
  ["{type: apikey, prefix: a, secretenv: K}", "5:28: expected `prefix` with type hmac only, got it with apikey"],
  [
    "{type: apikey, header: 'a b', secretenv: K}",
    '5:36: expected `header` to be the name of a header in letters, digits and hyphens, got "a b"',
  ],
  [
    "{type: apikey, header: api_key, secretenv: K}",
    '5:36: expected `header` to be the name of a header in letters, digits and hyphens, got "api_key"',
  ],
  [
    "{type: hmac, algorithm: md5, secretenv: K}",
    '5:37: expected `algorithm` to be "sha1", "sha256" or "sha512", got "md5"',
  ],
  ["{type: oauth, secretenv: K}", '5:20: expected `type` to be "bearer", "basic", "apikey" or "hmac", got "oauth"'],
  ["{type: bearer, secretenv: A=B}", '5:39: expected `secretenv` to be the name of a variable, got "A=B"'],
  ["true", "5:13: expected `auth` to be a map, or false for none, got true"],
  ["bearer", '5:13: expected `auth` to be a map, or false for none, got "bearer"'],
] as const) {
  test(`auth: ${text} is a mistake`, () => {
    assert.deepEqual(mistakesIn(textWith("cmd: x", `auth: ${text}`)), [mistake]);
  });
}

test("a secret can't stand in the configuration itself", () => {
  assert.match(
    mistakesIn(textWith("cmd: x", "auth: {type: bearer, secretenv: K, secret: s3cr3t}")).join(),
    /^5:42: expected a key of `auth`, got `secret`; known are type, secretfile, secretenv, /,
  );
});

test("a route replaces the auth of defaults as a whole, or lets everybody in", () => {
  const { routes } = parse(
    "defaults: {cmd: x, auth: {type: hmac, prefix: p, secretenv: A}}\n" +
      "paths: {/a: {get: {}, put: {auth: {type: hmac, secretenv: B}}, post: {auth: false}}}",
  );
  const hmac = { type: "hmac", header: "x-hub-signature-256", algorithm: "sha256" };
  assert.deepEqual(
    routes.map(({ auth }) => auth),
    [{ ...hmac, prefix: "p", secret: { env: "A" } }, { ...hmac, prefix: "sha256=", secret: { env: "B" } }, undefined],
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { mistakesIn, parse } from "./parsing.ts";

const ROUTES = "paths: {/a: {get: {cmd: x}}}\n";

test("there is no admin port unless it is asked for", () => {
  assert.equal(parse(ROUTES).admin, undefined);
});

test("an empty map turns it on, on this machine only", () => {
  const admin = { host: "127.0.0.1", port: 9090, names: [], token: undefined };
  assert.deepEqual(parse(`${ROUTES}admin: {}`).admin, admin);
});

test("everything of it can be said", () => {
  assert.deepEqual(
    parse(`${ROUTES}admin: {host: "::", port: "0", names: [a.example], tokenfile: secrets/token}`).admin,
    {
      host: "::",
      port: 0,
      names: ["a.example"],
      token: { file: "/srv/app/secrets/token" },
    },
  );
  assert.deepEqual(parse(`${ROUTES}admin: {token-env: ADMIN_TOKEN}`).admin?.token, { env: "ADMIN_TOKEN" });
});

for (const host of ["0.0.0.0", "::", "10.1.2.3", "admin.example"]) {
  test(`on ${host}, which others can reach, it needs a token`, () => {
    assert.deepEqual(mistakesIn(`${ROUTES}admin: {host: "${host}"}`), [
      "2:15: expected `admin` to have `tokenfile` or `tokenenv` on an address that others can reach, " +
        `got none with ${host}`,
    ]);
    assert.equal(parse(`${ROUTES}admin: {host: "${host}", tokenenv: T}`).admin?.host, host);
  });
}

for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "::1"]) {
  test(`on ${host} it needs none`, () => {
    assert.equal(parse(`${ROUTES}admin: {host: "${host}"}`).admin?.host, host);
  });
}

test("two tokens are one too many", () => {
  assert.deepEqual(mistakesIn(`${ROUTES}admin: {tokenfile: a, tokenenv: B}`), [
    "2:23: expected `admin` to have `tokenfile` or `tokenenv`, got both",
  ]);
});

test("the variable of the token is not for processes", () => {
  assert.deepEqual(mistakesIn(`passenv: [A, T]\n${ROUTES}admin: {tokenenv: T}`), [
    "1:10: expected `passenv` without T, which holds the token of `admin`, got it there",
  ]);
});

test("its mistakes are named", () => {
  assert.deepEqual(mistakesIn(`${ROUTES}admin: {port: 70000, prot: 1}`), [
    "2:15: expected `port` to be a port from 0 to 65535, got 70000",
    "2:22: expected a key of `admin`, got `prot`; did you mean `port`?",
  ]);
});

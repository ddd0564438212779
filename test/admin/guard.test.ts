import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, codeOf, openServer, TOKEN } from "./set-up.ts";

const BEARER = { authorization: `Bearer ${TOKEN}` };

for (const host of ["127.0.0.1:1", "localhost", "LocalHost:8080", "[::1]:9090", "127.9.9.9"]) {
  test(`the admin port is reached as ${host}`, async (t) => {
    const { port } = await openServer(t);
    assert.equal((await ask(port, "/read", { host })).status, 200);
  });
}

for (const host of ["evil.example", "evil.example:9090", "127.0.0.1.evil.example", "10.0.0.1", "a b", "[::2]", "[]"]) {
  test(`a request for the host ${JSON.stringify(host)} is refused, so that no name can be turned to this port`, async (t) => {
    const { port } = await openServer(t);
    const refused = await ask(port, "/open", { host });
    assert.equal(refused.status, 403);
    assert.equal(codeOf(refused), "admin-host-refused");
  });
}

test("names of the configuration are taken, in any case and with a dot at their end", async (t) => {
  const { port } = await openServer(t, { names: ["admin.example"] });
  for (const host of ["admin.example", "Admin.Example:80", "admin.example."]) {
    assert.equal((await ask(port, "/read", { host })).status, 200, host);
  }
  assert.equal((await ask(port, "/read", { host: "other.example" })).status, 403);
});

test("a page of another site is refused, whatever it asks for", async (t) => {
  const { port } = await openServer(t);
  const host = `127.0.0.1:${port}`;
  for (const origin of ["http://evil.example", "null", "http://127.0.0.1:1", `http://localhost:${port}`, ""]) {
    for (const [target, method] of [
      ["/open", "GET"],
      ["/change/1", "POST"],
    ] as const) {
      const refused = await ask(port, target, { ...BEARER, host, origin }, method);
      assert.equal(refused.status, 403, origin);
      assert.equal(codeOf(refused), "admin-origin-refused");
    }
  }
  assert.equal((await ask(port, "/open", { host, origin: `http://${host}` })).status, 200);
  assert.equal((await ask(port, "/change/1", { ...BEARER, host, origin: `https://${host}` }, "POST")).status, 200);
});

test("what a page of another site shows as a part of itself is refused, and a link that leads here is followed", async (t) => {
  const { port } = await openServer(t);
  for (const site of ["cross-site", "same-site"]) {
    for (const part of ["image", "script", "iframe", "empty"]) {
      const refused = await ask(port, "/read", { "sec-fetch-site": site, "sec-fetch-dest": part });
      assert.deepEqual([refused.status, codeOf(refused)], [403, "admin-origin-refused"], `${site} ${part}`);
    }
    const link = { "sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    assert.equal((await ask(port, "/read", link)).status, 200);
  }
  for (const site of ["same-origin", "none"]) {
    const own = { "sec-fetch-site": site, "sec-fetch-dest": "empty" };
    assert.equal((await ask(port, "/read", own)).status, 200);
  }
});

test("what changes something asks for the token in a header that no form can send", async (t) => {
  const { port } = await openServer(t);
  const without = await ask(port, "/change/1", {}, "POST");
  assert.equal(without.status, 401);
  assert.equal(codeOf(without), "admin-token-refused");
  assert.equal(without.headers["www-authenticate"], 'Bearer realm="urocket admin"');
  for (const authorization of ["Bearer another", `Basic ${TOKEN}`, TOKEN, `Bearer ${TOKEN}x`, "Bearer "]) {
    assert.equal((await ask(port, "/change/1", { authorization }, "POST")).status, 401, authorization);
  }
  assert.equal((await ask(port, `/change/1?token=${TOKEN}`, {}, "POST")).status, 401);
  const { status, text } = await ask(port, "/change/a%2Fb", BEARER, "POST");
  assert.deepEqual([status, JSON.parse(text)], [200, "a/b"]);
});

test("no refusal tells the token", async (t) => {
  const { port } = await openServer(t);
  const { text, headers } = await ask(port, `/change/1?token=${TOKEN}`, { authorization: `Basic ${TOKEN}` }, "POST");
  assert.equal(`${text}${JSON.stringify(headers)}`.includes(TOKEN), false);
});

test("on an address that others can reach, reading asks for the token too, and the probes do not", async (t) => {
  const { port } = await openServer(t, { host: "0.0.0.0" });
  assert.equal((await ask(port, "/open")).status, 200);
  assert.equal((await ask(port, "/read")).status, 401);
  assert.equal((await ask(port, "/read", BEARER)).status, 200);
  assert.equal((await ask(port, `/read?token=${TOKEN}`)).status, 200);
  assert.equal((await ask(port, "/read?token=other")).status, 401);
  assert.equal((await ask(port, "/open", { host: "10.0.0.1:9090" })).status, 200);
  assert.equal((await ask(port, "/open", { host: "evil.example" })).status, 403);
});

test("another token takes the place of the old one", async (t) => {
  const { port, server } = await openServer(t);
  server.useToken("another-token-that-nobody-guesses");
  assert.equal((await ask(port, "/change/1", BEARER, "POST")).status, 401);
  const other = { authorization: "Bearer another-token-that-nobody-guesses" };
  assert.equal((await ask(port, "/change/1", other, "POST")).status, 200);
});

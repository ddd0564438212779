import assert from "node:assert/strict";
import { test } from "node:test";
import type { Verb } from "../../lib/core/message.ts";
import { Router } from "../../lib/gateway/router.ts";
import { route } from "../helpers/route.ts";

function routerOf(...routes: readonly [verb: Verb, path: string][]): Router {
  return new Router(routes.map(([verb, path]) => route({ verb, path })));
}

function found(router: Router, path: string, verb = "get"): string {
  const match = router.match(path, verb);
  if (match.kind !== "route") return match.kind;
  const params = Object.entries(match.params).map(([name, value]) => ` ${name}=${value}`);
  return `${match.route.path}${params.join("")}`;
}

test("a parameter stands for one segment, percent-decoded", () => {
  const router = routerOf(["get", "/pets/{petId}"], ["get", "/pets/{petId}/toys/{toy}"]);
  assert.equal(found(router, "/pets/7"), "/pets/{petId} petId=7");
  assert.equal(found(router, "/pets/a%20b%2Fc"), "/pets/{petId} petId=a b/c");
  assert.equal(found(router, "/pets/7/toys/caff%c3%a8"), "/pets/{petId}/toys/{toy} petId=7 toy=caffè");
  for (const path of ["/pets", "/pets/", "/pets/7/", "/pets/7/toys", "/pets/7/8"]) {
    assert.equal(found(router, path), "unknown-path", path);
  }
});

test("a fixed path goes before a templated one, and a segment of text before a parameter", () => {
  const router = routerOf(
    ["get", "/pets/{petId}"],
    ["get", "/pets/mine"],
    ["get", "/{kind}/mine/{x}"],
    ["get", "/pets/{petId}/{x}"],
  );
  assert.equal(found(router, "/pets/mine"), "/pets/mine");
  assert.equal(found(router, "/pets/other"), "/pets/{petId} petId=other");
  assert.equal(found(router, "/pets/mine/1"), "/pets/{petId}/{x} petId=mine x=1");
  assert.equal(found(router, "/cats/mine/1"), "/{kind}/mine/{x} kind=cats x=1");
});

test("a way that leads nowhere is left for the next one", () => {
  const router = routerOf(["get", "/a/b/c"], ["get", "/a/{x}/d"], ["get", "/{y}/b/e"]);
  assert.equal(found(router, "/a/b/d"), "/a/{x}/d x=b");
  assert.equal(found(router, "/a/b/e"), "/{y}/b/e y=a");
  assert.equal(found(router, "/a/b/f"), "unknown-path");
});

test("a prefix takes its own path and everything below, the longest first", () => {
  const router = routerOf(
    ["get", "/files/*"],
    ["get", "/files/deep/*"],
    ["get", "/files/deep/fixed"],
    ["get", "/u/{id}/*"],
  );
  assert.equal(found(router, "/files"), "/files/*");
  assert.equal(found(router, "/files/"), "/files/*");
  assert.equal(found(router, "/files/a/b/c"), "/files/*");
  assert.equal(found(router, "/files/deep/a"), "/files/deep/*");
  assert.equal(found(router, "/files/deep/fixed"), "/files/deep/fixed");
  assert.equal(found(router, "/files/deep/fixed/more"), "/files/deep/*");
  assert.equal(found(router, "/u/5/x/y"), "/u/{id}/* id=5");
  assert.equal(found(router, "/filesystem"), "unknown-path");
  assert.equal(found(routerOf(["get", "/*"]), "/anything/at/all"), "/*");
});

test("dot segments, escaped or not, and broken escapes match no template and no prefix", () => {
  const router = routerOf(["get", "/files/*"], ["get", "/pets/{petId}"]);
  for (const path of ["/files/../etc", "/files/%2e%2E/etc", "/files/./a", "/pets/..", "/pets/%2e", "/pets/%zz"]) {
    assert.equal(found(router, path), "unknown-path", path);
  }
  assert.equal(found(router, "/files/..a"), "/files/*");
});

test("a templated path answers HEAD, OPTIONS and wrong verbs like a fixed one", () => {
  const router = routerOf(["get", "/pets/{petId}"], ["delete", "/pets/{id}"]);
  assert.equal(found(router, "/pets/7", "head"), "/pets/{petId} petId=7");
  assert.equal(found(router, "/pets/7", "delete"), "/pets/{id} id=7");
  assert.deepEqual(router.match("/pets/7", "post"), { kind: "wrong-verb", allow: "GET, DELETE, HEAD, OPTIONS" });
  assert.deepEqual(router.match("/pets/7", "options"), { kind: "options", allow: "GET, DELETE, HEAD, OPTIONS" });
});

test("a parameter may have any name, and a value any text", () => {
  const router = routerOf(["get", "/{__proto__}/{constructor}"]);
  const match = router.match("/a/b", "get");
  assert.ok(match.kind === "route");
  assert.deepEqual({ ...match.params }, JSON.parse('{"__proto__":"a","constructor":"b"}'));
});

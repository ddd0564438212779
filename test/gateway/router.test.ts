import assert from "node:assert/strict";
import { test } from "node:test";
import type { Verb } from "../../lib/core/message.ts";
import { Router } from "../../lib/gateway/router.ts";
import { route } from "../helpers/route.ts";

const router = new Router([
  route({ path: "/get/pets", verb: "post" }),
  route({ path: "/get/pets", verb: "get" }),
  route({ path: "/only/post", verb: "post" }),
  route({ path: "/own/options", verb: "options" }),
  route({ path: "/caffè nero", verb: "get" }),
  route({ path: "/already%20escaped", verb: "get" }),
]);

function found(path: string, verb: string): string {
  const match = router.match(path, verb);
  return match.kind === "route" ? `${match.route.verb} ${match.route.path}` : match.kind;
}

test("a path and a verb find their route", () => {
  assert.equal(found("/get/pets", "post"), "post /get/pets");
  assert.equal(found("/get/pets", "get"), "get /get/pets");
});

test("a path that no route has is unknown, whatever the verb", () => {
  for (const path of ["/", "/get", "/get/pets/", "/get/pets/1", "/GET/pets", "", "/__proto__", "/constructor"]) {
    assert.equal(found(path, "post"), "unknown-path", path);
    assert.equal(found(path, "options"), "unknown-path", path);
  }
});

test("HEAD is answered by the route for GET", () => {
  assert.equal(found("/get/pets", "head"), "get /get/pets");
});

test("a wrong verb is told which ones there are", () => {
  assert.deepEqual(router.match("/get/pets", "delete"), { kind: "wrong-verb", allow: "POST, GET, HEAD, OPTIONS" });
  assert.deepEqual(router.match("/only/post", "head"), { kind: "wrong-verb", allow: "POST, OPTIONS" });
  assert.deepEqual(router.match("/only/post", "propfind"), { kind: "wrong-verb", allow: "POST, OPTIONS" });
});

test("OPTIONS is answered for every path, unless a route asks for it", () => {
  assert.deepEqual(router.match("/only/post", "options"), { kind: "options", allow: "POST, OPTIONS" });
  assert.equal(found("/own/options", "options"), "options /own/options");
  assert.deepEqual(router.match("/own/options", "get"), { kind: "wrong-verb", allow: "OPTIONS" });
});

test("percent-encoding that changes nothing makes no difference", () => {
  assert.equal(found("/%67et/pets", "post"), "post /get/pets");
  assert.equal(found("/caff%c3%a8%20nero", "get"), "get /caffè nero");
  assert.equal(found("/caff%C3%A8%20nero", "get"), "get /caffè nero");
  assert.equal(found("/already%20escaped", "get"), "get /already%20escaped");
});

test("an encoded slash is not a slash", () => {
  assert.equal(found("/get%2Fpets", "post"), "unknown-path");
});

test("a broken escape is looked up as it is", () => {
  assert.equal(found("/get/pets%", "post"), "unknown-path");
  assert.equal(found("/get/pets%zz", "post"), "unknown-path");
});

test("two routes for one message type are refused", () => {
  const twice = (path: string, verb: Verb) => () =>
    new Router([route({ path: "/a b", verb: "get" }), route({ path, verb })]);
  assert.throws(twice("/a b", "get"), /expected one route for get \/a b, got two/);
  assert.throws(twice("/a%20b", "get"), /got two/);
  assert.doesNotThrow(twice("/a b", "put"));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { mistakesIn, parse } from "./parsing.ts";

test("routes inherit defaults key by key, inject included", () => {
  const [first, second] = parse(`
defaults:
  inject: {cmd: base, env: [A=1], wd: php}
  timeout: 7
  onexit: error
paths:
  /a: {get: {}}
  /b: {get: {onexit: wait, inject: {timeout: 9, env: [B=2]}, cmd: own}}
`).routes;
  assert.deepEqual(first?.inject.cmd, ["base"]);
  assert.deepEqual(first?.inject.env, ["A=1"]);
  assert.equal(first?.inject.timeout, 7);
  assert.equal(first?.onExit, "error");
  assert.deepEqual(second?.inject.cmd, ["own"]);
  assert.deepEqual(second?.inject.env, ["B=2"]);
  assert.equal(second?.inject.wd, "/srv/app/php");
  assert.equal(second?.inject.timeout, 9);
  assert.equal(second?.onExit, "wait");
});

test("mistakes in defaults are told once, and also when every route overrides them", () => {
  assert.deepEqual(
    mistakesIn(
      'defaults: {cmd: "echo \'a", env: [A], timeout: 0}\npaths: {/a: {get: {}, put: {}, post: {cmd: x, env: []}}}',
    ),
    [
      "1:23: expected `cmd` to have a closing ' for the one here, got \"'a\"",
      '1:34: expected `env[0]` to be text of the form NAME=value, got "A"',
      "1:47: expected `timeout` to be a duration above 0 up to 24 days such as 1500 or 2m, got 0",
    ],
  );
  assert.equal(
    mistakesIn("defaults: {cmd: echo {{foo}}}\npaths: {/a: {get: {cmd: x}}}".replace("echo {{foo}}", "'{{foo}}'"))
      .length,
    1,
  );
});

test("anchors and aliases repeat a route", () => {
  const [first, second] = parse("paths:\n  /a: {get: &a {cmd: x, timeout: 5}}\n  /b: {put: *a}\n").routes;
  assert.deepEqual(second?.inject, first?.inject);
  assert.deepEqual(second?.position, { line: 3, column: 8 });
});

test("a merge key adds what the map does not have, in any spelling", () => {
  const [, second] = parse(`
paths:
  /a:
    get: &a {cmd: x, reply-timeout: 5, log-stdout: true}
    put: {<<: *a, logstdout: false, timeout: 6}
`).routes;
  assert.deepEqual(second?.inject.cmd, ["x"]);
  assert.equal(second?.replyTimeout, 5);
  assert.equal(second?.logStdout, false);
  assert.equal(second?.inject.timeout, 6);
});

test("of several merged maps the first wins", () => {
  const routes = parse(`
paths:
  /a:
    get: &a {cmd: x, timeout: 1}
    put: &b {cmd: y, timeout: 2, grace: 3}
    post: {<<: [*a, *b], timeout: 4}
`).routes;
  assert.deepEqual(routes[2]?.inject.cmd, ["x"]);
  assert.equal(routes[2]?.inject.timeout, 4);
  assert.equal(routes[2]?.inject.grace, 3);
});

test("paths can be merged", () => {
  const paths = parse("paths:\n  <<: {/my-a: {get: {cmd: x}}, /b: {get: {cmd: x}}}\n  /b: {put: {cmd: y}}\n").routes;
  assert.deepEqual(
    paths.map(({ verb, path }) => `${verb} ${path}`),
    ["put /b", "get /my-a"],
  );
});

test("a mistake in an anchored map is told once, where it stands", () => {
  assert.deepEqual(mistakesIn("paths:\n  /a: {get: &a {cmd: x, timeout: 0}}\n  /b: {put: *a, get: {<<: *a}}\n"), [
    "2:34: expected `timeout` to be a duration above 0 up to 24 days such as 1500 or 2m, got 0",
  ]);
});

test("a quoted << is a key like any other", () => {
  assert.match(
    mistakesIn("paths: {/a: {get: {cmd: x, '<<': {timeout: 3}}}}").join(),
    /^1:28: expected a key of a route, got `<<`/,
  );
});

test("<< takes a map or a list of maps, once", () => {
  assert.deepEqual(mistakesIn("paths: {/a: {get: {cmd: x, <<: 3}}}"), [
    "1:32: expected `<<` to be a map or a list of maps, got 3",
  ]);
  assert.deepEqual(mistakesIn("paths: {/a: {get: {cmd: x, <<: {}, <<: {}}}}"), [
    "1:36: expected `<<` once in a map, got it again: give it a list",
  ]);
});

test("an alias without an anchor is a mistake", () => {
  assert.match(
    mistakesIn("paths: {/a: {get: *nowhere}}")[0] ?? "",
    /^1:19: expected an anchor `&nowhere` above its alias/,
  );
});

test("aliases that contain themselves end", () => {
  assert.match(mistakesIn("paths: &p {/a: *p}").join(), /^1:12: expected a verb, got `\/a`/);
  assert.equal(parse("paths: {/a: {get: &r {<<: *r, cmd: x}}}").routes.length, 1);
});

test("a pyramid of aliases costs no time", { timeout: 20_000 }, () => {
  const floors = Array.from({ length: 80 }, (_, i) => `a${i + 1}: &a${i + 1} {x: *a${i}, y: *a${i}}`);
  assert.ok(mistakesIn(["a0: &a0 {x: 1}", ...floors, "paths: *a80"].join("\n")).length >= 80);
});

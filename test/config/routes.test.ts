import assert from "node:assert/strict";
import { test } from "node:test";
import { VERBS } from "../../lib/core/message.ts";
import { mistakesIn, parse, routeWith, textWith } from "./parsing.ts";

test("every verb of OpenAPI makes a route, in the order of the file", () => {
  const config = parse(`paths: {/a: {${VERBS.map((verb) => `${verb}: {cmd: x}`).join(", ")}}}`);
  assert.deepEqual(
    config.routes.map((route) => route.verb),
    [...VERBS],
  );
});

test("a route knows where it stands in the file", () => {
  assert.deepEqual(routeWith("cmd: x").position, { line: 3, column: 5 });
});

test("every setting of a route is taken over", () => {
  const route = routeWith(
    "inject: {cmd: x, wd: ../php, env: [A=1, 'B={{path}}'], channel: cmdline, encoding: json, timeout: 2s, grace: 0}",
    "reply: socket",
    "onexit: error",
    "onabort: continue",
    "replytimeout: 0",
    "logstdout: true",
  );
  assert.deepEqual(route.inject, {
    wd: "/srv/php",
    env: ["A=1", "B={{path}}"],
    cmd: ["x"],
    channel: "cmdline",
    encoding: "json",
    timeout: 2000,
    grace: 0,
  });
  assert.equal(route.onExit, "error");
  assert.equal(route.onAbort, "continue");
  assert.equal(route.replyTimeout, 0);
  assert.equal(route.logStdout, true);
});

test("a setting both in the route and in its inject is a mistake at the later one", () => {
  assert.deepEqual(mistakesIn(textWith("timeout: 1", "inject:", "  cmd: x", "  time-out: 2")), [
    "7:9: expected `time-out` in the route or in its `inject`, got it in both",
  ]);
  assert.deepEqual(mistakesIn(textWith("inject: {cmd: x}", "cmd: y")), [
    "5:7: expected `cmd` in the route or in its `inject`, got it in both",
  ]);
});

test("a route without a command is a mistake at its verb", () => {
  assert.deepEqual(mistakesIn("paths:\n  /a:\n    post:\n      inject: {wd: x}\n    get: {}\n"), [
    "3:5: expected post /a to have `inject.cmd`, got none",
    "5:5: expected get /a to have `inject.cmd`, got none",
  ]);
});

test("two path keys that become the same path share it, but not a verb", () => {
  const both = "paths:\n  a/b: {get: {cmd: x}}\n  /a/b: {post: {cmd: x}}\n";
  assert.deepEqual(
    parse(both).routes.map(({ verb, path }) => `${verb} ${path}`),
    ["get /a/b", "post /a/b"],
  );
  assert.deepEqual(mistakesIn(both.replace("post", "get")), [
    "3:10: expected one route for get /a/b, got another (first in line 2)",
  ]);
});

test("a path key that stands twice is a mistake", () => {
  assert.deepEqual(mistakesIn("paths:\n  /a: {get: {cmd: x}}\n  /a: {post: {cmd: x}}\n"), [
    "3:3: expected `/a` once, got it again (first in line 2)",
  ]);
});

test("paths must be there and lead somewhere", () => {
  assert.deepEqual(mistakesIn("port: 1"), ["1:1: expected the configuration to have `paths`, got none"]);
  assert.deepEqual(mistakesIn("paths:"), ["1:1: expected `paths` to be a map, got nothing"]);
  assert.deepEqual(mistakesIn("paths: {}"), ["1:8: expected `paths` to have at least one entry, got an empty map"]);
  assert.deepEqual(mistakesIn("paths: {/a: }"), ["1:9: expected `/a` to be a map, got nothing"]);
  assert.deepEqual(mistakesIn("paths: {/a: {}}"), ["1:13: expected `/a` to have at least one entry, got an empty map"]);
  assert.deepEqual(mistakesIn("paths: {/a: {get: }}"), ["1:14: expected `get` to be a map, got nothing"]);
});

test("a path that no request can have is a mistake", () => {
  assert.deepEqual(mistakesIn("paths: {'/a?b': {get: {cmd: x}}}"), [
    "1:9: expected a path without query and fragment, got `/a?b`",
  ]);
});

test("a path key that looks like a number is the text it is", () => {
  assert.equal(parse("paths: {0404: {get: {cmd: x}}}").routes[0]?.path, "/0404");
});

for (const [text, ms] of [
  ["1", 1],
  ["1500", 1500],
  ['"1500"', 1500],
  ["1.5s", 1500],
  ["1.1s", 1100],
  ["2m", 120_000],
  ["0.2", 1],
  ["576h", 2_073_600_000],
] as const) {
  test(`timeout: ${text} is ${ms} ms`, () => {
    assert.equal(routeWith("cmd: x", `timeout: ${text}`).inject.timeout, ms);
  });
}

for (const [text, got] of [
  ["-1", "-1"],
  ["0", "0"],
  ["0s", '"0s"'],
  ["soon", '"soon"'],
  [".inf", "Infinity"],
  ["577h", '"577h"'],
  ["true", "true"],
  ["{}", "an empty map"],
] as const) {
  test(`timeout: ${text} is a mistake`, () => {
    assert.deepEqual(mistakesIn(textWith("cmd: x", `timeout: ${text}`)), [
      `5:16: expected \`timeout\` to be a duration above 0 up to 24 days such as 1500 or 2m, got ${got}`,
    ]);
  });
}

for (const key of ["grace", "replytimeout"]) {
  test(`${key} may be 0 but not less`, () => {
    assert.deepEqual(mistakesIn(textWith("cmd: x", `${key}: -1`)), [
      `5:${key.length + 9}: expected \`${key}\` to be a duration from 0 to 24 days such as 1500 or 2m, got -1`,
    ]);
    assert.ok(routeWith("cmd: x", `${key}: 0`));
  });
}

test("outtake is the socket or a mistake", () => {
  assert.equal(routeWith("cmd: x", "outtake: usocket://uri/{req_id}").reply, "socket");
  for (const address of ["http://x/", "usocket:/x", "usocket", "/tmp/s"]) {
    assert.deepEqual(mistakesIn(textWith("cmd: x", `outtake: ${address}`)), [
      `5:16: expected \`outtake\` to be an address of the form usocket://..., got "${address}"`,
    ]);
  }
});

test("environment variables are NAME=value", () => {
  assert.deepEqual(routeWith("cmd: x", "env: [A=, B==, 'C=a b']").inject.env, ["A=", "B==", "C=a b"]);
  assert.deepEqual(mistakesIn(textWith("cmd: x", "env: [A=1, B, =c, 'D D=1', 5, \"E=\\0\"]")), [
    '5:18: expected `env[1]` to be text of the form NAME=value, got "B"',
    '5:21: expected `env[2]` to be text of the form NAME=value, got "=c"',
    '5:25: expected `env[3]` to be text of the form NAME=value, got "D D=1"',
    "5:34: expected `env[4]` to be text of the form NAME=value, got 5",
    '5:37: expected `env[5]` to be text of the form NAME=value, got "E=\\u0000"',
  ]);
  assert.deepEqual(mistakesIn(textWith("cmd: x", "env: A=1")), ['5:12: expected `env` to be a list, got "A=1"']);
});

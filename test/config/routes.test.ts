import assert from "node:assert/strict";
import { test } from "node:test";
import { VERBS } from "../../lib/core/message.ts";
import { mistakesIn, parse, routeWith, textWith, UNCONFINED } from "./parsing.ts";

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
    "onexit: wait",
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
    ...UNCONFINED,
  });
  assert.equal(route.onExit, "wait");
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

test("paths may have parameters, and end in a star for everything below", () => {
  const paths = ["/", "/*", "/pets/{petId}", "/pets/{pet-id}/toys/{toy.id}", "/files/*", "/a/{x}/*", "/caffè/{città}"];
  const config = parse(`paths: {${paths.map((path) => `"${path}": {get: {cmd: x}}`).join(", ")}}`);
  assert.deepEqual(
    config.routes.map((route) => route.path),
    paths,
  );
});

for (const [path, mistake] of [
  ["/a?b", "expected a path without query and fragment, got `/a?b`"],
  ["/a#b", "expected a path without query and fragment, got `/a#b`"],
  ["/a/../b", "expected a path without `.` and `..`, which clients resolve, got `/a/../b`"],
  ["/a/%2E", "expected a path without `.` and `..`, which clients resolve, got `/a/%2E`"],
  ["/files/*/x", "expected `*` in a path to be its last segment, got `/files/*/x`"],
  ["/files*", "expected `*` in a path to be its last segment, got `/files*`"],
  ["/a/**", "expected `*` in a path to be its last segment, got `/a/**`"],
  ["/a/{x}.json", "expected a parameter of a path to be a whole segment such as `{petId}`, got `/a/{x}.json`"],
  ["/a/{}", "expected a parameter of a path to be a whole segment such as `{petId}`, got `/a/{}`"],
  ["/a/{x", "expected a parameter of a path to be a whole segment such as `{petId}`, got `/a/{x`"],
  ["/a/{x y}", "expected a parameter of a path to be a whole segment such as `{petId}`, got `/a/{x y}`"],
  ["/a/{x}/{x}", "expected each parameter once in a path, got `{x}` twice in `/a/{x}/{x}`"],
  [
    "/urocket/results/{id}",
    "expected a path outside of `/urocket/results/`, where results are fetched, got `/urocket/results/{id}`",
  ],
  [
    "urocket/%72esults/*",
    "expected a path outside of `/urocket/results/`, where results are fetched, got `urocket/%72esults/*`",
  ],
] as const) {
  test(`the path ${path} is a mistake`, () => {
    assert.deepEqual(mistakesIn(`paths: {"${path}": {get: {cmd: x}}}`), [`1:9: ${mistake}`]);
  });
}

for (const [one, other] of [
  ["/a/{x}", "/a/{y}"],
  ["/a/{x}", "/a/%7By%7D"],
  ["/caffè", "/caff%C3%A8"],
  ["/caff%c3%a8", "/caff%C3%A8"],
  ["/a%7Eb", "/a~b"],
  ["/{x}/caffè/{y}", "/{y}/caff%C3%A8/{x}"],
] as const) {
  test(`${one} and ${other} can't be told apart`, () => {
    const text = `paths:\n  "${one}": {get: {cmd: x}}\n  "${other}": {get: {cmd: x}, post: {cmd: x}}\n`;
    assert.deepEqual(mistakesIn(text), [
      `3:${other.length + 8}: expected one route for get ${other}, got another (first in line 2, there spelled \`${one}\`)`,
    ]);
  });
}

for (const [one, other] of [
  ["/a/{x}", "/a/*"],
  ["/a/{x}", "/a/x"],
  ["/a/*", "/a"],
  ["/a/", "/a"],
  ["/a%2Fb", "/a/b"],
  ["/a:b", "/a%3Ab"],
  ["/A", "/a"],
] as const) {
  test(`${one} and ${other} are two routes`, () => {
    assert.equal(parse(`paths: {"${one}": {get: {cmd: x}}, "${other}": {get: {cmd: x}}}`).routes.length, 2);
  });
}

test("a placeholder names a parameter of its path", () => {
  const text =
    "paths:\n  /a/{x}/{y}:\n    get: {cmd: 'cat {{param.x}} {{param.z}}', env: ['A={{param.y}}', 'B={{param.X}}']}\n";
  assert.deepEqual(mistakesIn(text), [
    "3:33: expected `cmd` to use parameters of its path, got `{{param.z}}`; it has `{x}`, `{y}`",
    "3:73: expected `env[1]` to use parameters of its path, got `{{param.X}}`; it has `{x}`, `{y}`",
  ]);
});

test("a parameter in defaults must be one of every path that takes it", () => {
  const text =
    "defaults: {cmd: 'cat {{param.x}}'}\npaths:\n  /a/{x}: {get: {}}\n  /b: {get: {}, put: {}}\n  /c: {get: {cmd: y}}\n";
  assert.deepEqual(mistakesIn(text), [
    "1:22: expected `cmd` to use parameters of its path, got `{{param.x}}`; it has none",
  ]);
  assert.equal(parse(text.replace(/ {2}\/b.*\n/, "")).routes.length, 2);
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

for (const text of ["SIGINT", "int", "sigint"]) {
  test(`killsignal: ${text} is SIGINT`, () => {
    assert.equal(routeWith("cmd: x", `killsignal: ${text}`).inject.killSignal, "SIGINT");
  });
}

test("real-time signals are counted from SIGRTMIN", () => {
  assert.equal(routeWith("cmd: x", "killsignal: rtmin+30").inject.killSignal, "SIGRTMIN+30");
});

for (const text of ["SIGFOO", "2", '""', "RTMIN+31", "constructor"]) {
  test(`killsignal: ${text} is a mistake`, () => {
    assert.match(
      mistakesIn(textWith("cmd: x", `killsignal: ${text}`)).join(),
      /^5:19: expected `killsignal` to be a signal name such as SIGTERM, got /,
    );
  });
}

test("a program of channel cgi answers as CGI unless told otherwise", () => {
  assert.equal(routeWith("cmd: x", "channel: cgi").reply, "cgi");
  assert.equal(routeWith("cmd: x", "channel: cgi", "reply: socket").reply, "socket");
  assert.equal(routeWith("cmd: x", "channel: cgi", "outtake: usocket://x").reply, "socket");
  assert.equal(routeWith("cmd: x", "channel: stdin", "reply: cgi").reply, "cgi");
});

test("logstdout is a switch or left to the caller", () => {
  assert.equal(routeWith("cmd: x", "logstdout: on-request").logStdout, "on-request");
  assert.deepEqual(mistakesIn(textWith("cmd: x", "logstdout: often")), [
    '5:18: expected `logstdout` to be true, false or "on-request", got "often"',
  ]);
});

test("a content type is one that can stand in a header", () => {
  assert.equal(
    routeWith("cmd: x", "reply: stdout", "contenttype: text/plain; charset=utf-8").contentType,
    "text/plain; charset=utf-8",
  );
  for (const text of ["text", '"text/plain\\r\\nx: y"', "text/plain, text/html", "caffè/x", "3"]) {
    assert.match(
      mistakesIn(textWith("cmd: x", "reply: stdout", `contenttype: ${text}`)).join(),
      /^6:20: expected `contenttype` to be a media type such as text\/plain, got /,
    );
  }
});

test("a route may bound its processes, but not to none", () => {
  assert.equal(routeWith("cmd: x", "concurrency: 3").concurrency, 3);
  assert.equal(routeWith("cmd: x", 'concurrency: "3"').concurrency, 3);
  for (const text of ["0", "-1", "1.5", "many"]) {
    assert.match(mistakesIn(textWith("cmd: x", `concurrency: ${text}`)).join(), /to be a whole number above 0, got /);
  }
});

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

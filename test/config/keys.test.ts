import assert from "node:assert/strict";
import { test } from "node:test";
import { mistakesIn, parse, routeWith, textWith } from "./parsing.ts";

for (const spelling of ["replytimeout", "reply-timeout", "reply_timeout", "replyTimeout", "Reply-Timeout"]) {
  test(`${spelling} is the key replytimeout`, () => {
    assert.equal(routeWith("cmd: x", `${spelling}: 7`).replyTimeout, 7);
  });
}

test("keys of the service have several spellings too", () => {
  const config = parse("service-name: s\nsocket_path: /run/s\nsocketMode: 0o660\npaths: {/a: {post: {cmd: x}}}");
  assert.equal(config.serviceName, "s");
  assert.equal(config.socketPath, "/run/s");
  assert.equal(config.socketMode, 0o660);
});

test("messages name a key as its author spelled it", () => {
  assert.match(
    mistakesIn(textWith("cmd: x", "reply-timeout: soon")).join(),
    /expected `reply-timeout` to be a duration/,
  );
});

test("two spellings of one key in one map are a mistake at the second", () => {
  assert.deepEqual(mistakesIn(textWith("cmd: x", "log-stdout: true", "logstdout: false")), [
    "6:7: expected `logstdout` once, got it again (first in line 5, there spelled `log-stdout`)",
  ]);
});

test("a key that stands twice is a mistake", () => {
  assert.deepEqual(mistakesIn("port: 1\npaths: {/a: {post: {cmd: x}}}\nport: 2"), [
    "3:1: expected `port` once, got it again (first in line 1)",
  ]);
});

test("hyphens, underscores and case of a path are its own", () => {
  const config = parse("paths: {/My-Pets_1: {post: {cmd: x}}, /mypets1: {post: {cmd: y}}}");
  assert.deepEqual(
    config.routes.map((route) => route.path),
    ["/My-Pets_1", "/mypets1"],
  );
});

for (const [key, mistake] of [
  ["timout", "expected a key of a route, got `timout`; did you mean `timeout`?"],
  ["log-stdot", "expected a key of a route, got `log-stdot`; did you mean `logstdout`?"],
  ["cmdline", "expected a key of a route, got `cmdline`; known are inject, wd, env, cmd, channel"],
  ["inject-", "expected a key of a route, got `inject-`; did you mean `inject`?"],
] as const) {
  test(`the unknown key ${key} is answered with what may have been meant`, () => {
    const [found = "", ...others] = mistakesIn(textWith("cmd: x", `${key}: 1`));
    assert.deepEqual(others, []);
    assert.ok(found.startsWith(`5:7: ${mistake}`), found);
  });
}

test("an unknown key is found in every map", () => {
  assert.deepEqual(
    mistakesIn(
      "prot: 1\nlimits: {bdy: 1}\nlog: {levle: info}\ndefaults: {onexti: wait}\npaths: {/a: {pots: {}, post: {inject: {cmd: x, wdd: y}}}}",
    ),
    [
      "1:1: expected a key of the configuration, got `prot`; did you mean `port`?",
      "2:10: expected a key of `limits`, got `bdy`; did you mean `body`?",
      "3:7: expected a key of `log`, got `levle`; did you mean `level`?",
      "4:12: expected a key of a route, got `onexti`; did you mean `onexit`?",
      "5:14: expected a verb, got `pots`; did you mean `post`?",
      "5:48: expected a key of `inject`, got `wdd`; did you mean `wd`?",
    ],
  );
});

test("__proto__ and constructor are unknown keys like any other and change nothing", () => {
  const found = mistakesIn(textWith("cmd: x", "__proto__: {logstdout: true}", "constructor: 1"));
  assert.equal(found.length, 2);
  assert.match(found[0] ?? "", /^5:7: expected a key of a route, got `__proto__`/);
  assert.match(found[1] ?? "", /^6:7: expected a key of a route, got `constructor`/);
  assert.equal(({} as { logstdout?: unknown }).logstdout, undefined);
});

test("__proto__ is a path like any other", () => {
  assert.equal(parse("paths: {__proto__: {post: {cmd: x}}}").routes[0]?.path, "/__proto__");
});

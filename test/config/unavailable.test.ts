import assert from "node:assert/strict";
import { test } from "node:test";
import { mistakesIn, routeWith, textWith } from "./parsing.ts";

for (const [setting, message] of [
  ["validatein: true", "expected `validatein` to be false, got true: validation"],
  ["validate-out: true", "expected `validate-out` to be false, got true: validation"],
  ["stats: true", "expected `stats` to be false, got true: the statistics header"],
  ["channel: stdin", 'expected `channel` to be "cmdline", got "stdin": this channel'],
  ["channel: cgi", 'expected `channel` to be "cmdline", got "cgi": this channel'],
  ["encoding: base64", 'expected `encoding` to be "json", got "base64": this encoding'],
  ["reply: stdout", 'expected `reply` to be "socket", got "stdout": this reply'],
  ["onexit: report", 'expected `onexit` to be "wait" or "error", got "report": the report'],
] as const) {
  test(`${setting} is not available, and says so`, () => {
    const column = 9 + setting.indexOf(":");
    assert.deepEqual(mistakesIn(textWith("cmd: x", setting)), [
      `5:${column}: ${message} is not available in this version`,
    ]);
  });
}

for (const setting of ["concurrency: 3", "content-type: text/html", "urlparam-mode: true"]) {
  test(`${setting} is not available, and says so`, () => {
    const [key] = setting.split(":");
    assert.deepEqual(mistakesIn(textWith("cmd: x", setting)), [
      `5:7: expected a key of a route, got \`${key}\`, which is not available in this version`,
    ]);
  });
}

test("limits and services of later versions are not available, and say so", () => {
  assert.deepEqual(mistakesIn("admin: {port: 9090}\nlimits: {processes: 5, queue: 3}\npaths: {/a: {get: {cmd: x}}}"), [
    "1:1: expected a key of the configuration, got `admin`, which is not available in this version",
    "2:10: expected a key of `limits`, got `processes`, which is not available in this version",
    "2:24: expected a key of `limits`, got `queue`, which is not available in this version",
  ]);
});

test("patterns of paths are not available, and say so", () => {
  assert.deepEqual(mistakesIn("paths:\n  /pets/{petId}: {get: {cmd: x}}\n  /files/*: {get: {cmd: x}}\n"), [
    "2:3: expected a fixed path, got `/pets/{petId}`: patterns are not available in this version",
    "3:3: expected a fixed path, got `/files/*`: patterns are not available in this version",
  ]);
});

test("what was never promised is only unknown", () => {
  assert.deepEqual(mistakesIn(textWith("cmd: x", "channel: pigeon", "validatein: 1")), [
    '5:16: expected `channel` to be "cmdline", got "pigeon"',
    "6:19: expected `validatein` to be false, got 1",
  ]);
});

test("the same switched off is accepted", () => {
  assert.ok(routeWith("cmd: x", "validatein: false", "validate_out: false", "stats: false"));
});

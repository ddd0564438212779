import assert from "node:assert/strict";
import { test } from "node:test";
import { mistakesIn, parse, routeWith, textWith } from "./parsing.ts";

for (const [setting, reply, mistake] of [
  ["contenttype: text/plain", "report", "expected `contenttype` with reply stdout only, got it with report"],
  ["content-type: text/plain", "cgi", "expected `content-type` with reply stdout only, got it with cgi"],
  ["onexit: error", "stdout", "expected `onexit` with reply socket only, got it with stdout"],
  ["replytimeout: 5", "report", "expected `replytimeout` with reply socket only, got it with report"],
  ["outtake: usocket://x", "stdout", "expected `outtake` with reply socket only, got it with stdout"],
] as const) {
  test(`${setting} makes no sense with reply ${reply}`, () => {
    assert.deepEqual(mistakesIn(textWith("cmd: x", `reply: ${reply}`, setting)), [`6:7: ${mistake}`]);
  });
}

test("settings that belong to a reply may stand beside it", () => {
  assert.ok(routeWith("cmd: x", "reply: stdout", "contenttype: text/plain"));
  assert.ok(routeWith("cmd: x", "reply: socket", "onexit: wait", "replytimeout: 5", "outtake: usocket://x"));
  assert.ok(routeWith("cmd: x", "reply: accepted", "logstdout: true"));
});

test("a time to wait makes no sense where nobody waits", () => {
  assert.deepEqual(mistakesIn(textWith("cmd: x", "onexit: error", "reply-timeout: 5")), [
    "6:7: expected `reply-timeout` with onexit wait only, got it with error",
  ]);
  assert.deepEqual(mistakesIn("defaults: {cmd: x, onexit: report}\npaths: {/a: {get: {replytimeout: 5}}}"), [
    "2:20: expected `replytimeout` with onexit wait only, got it with report",
  ]);
});

test("defaults may say what some routes have no use for", () => {
  const { routes } = parse(
    "defaults: {cmd: x, contenttype: text/plain, onexit: error}\npaths: {/a: {get: {}, put: {reply: stdout}}}",
  );
  assert.deepEqual(
    routes.map(({ reply, contentType, onExit }) => [reply, contentType, onExit]),
    [
      ["socket", "text/plain", "error"],
      ["stdout", "text/plain", "error"],
    ],
  );
});

test("a validation without a document is a mistake, wherever it is asked for", () => {
  const text = "defaults: {validate-in: true}\npaths: {/a: {get: {cmd: x}, put: {cmd: x, validateout: true}}}\n";
  assert.deepEqual(mistakesIn(text), [
    "1:25: expected `openapi` to name the document for `validate-in: true`, got none",
    "2:56: expected `openapi` to name the document for `validateout: true`, got none",
  ]);
  const [first, second] = parse(`${text}openapi: a.yaml`).routes;
  assert.deepEqual([first?.validateIn, first?.validateOut], [true, false]);
  assert.deepEqual([second?.validateIn, second?.validateOut], [true, true]);
});

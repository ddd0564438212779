import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ConfigError, parseConfig } from "../../lib/config/index.ts";
import { UrocketError } from "../../lib/core/errors.ts";
import { mistakesIn } from "./parsing.ts";

test("every mistake of a file is told at once, in the order of the file", () => {
  assert.deepEqual(
    mistakesIn(`port: http
paths:
  /a:
    post:
      timeout: -1
      cmd: echo 'a
      env: [B, "C={{foo.bar}}"]
      channel: stdout
    pst: {}
    get: {}
`),
    [
      '1:7: expected `port` to be a port from 0 to 65535, got "http"',
      "5:16: expected `timeout` to be a duration above 0 up to 24 days such as 1500 or 2m, got -1",
      "6:17: expected `cmd` to have a closing ' for the one here, got \"'a\"",
      '7:13: expected `env[0]` to be text of the form NAME=value, got "B"',
      "7:19: expected `env[1]` to use known placeholders, got `{{foo.bar}}`; known are jsonpayload, request_id, method, path, query, payloadfile, param.NAME, query.NAME, header.NAME",
      '8:16: expected `channel` to be "cmdline", "stdin", "env", "file" or "cgi", got "stdout"',
      "9:5: expected a verb, got `pst`; did you mean `post`?",
      "10:5: expected get /a to have `inject.cmd`, got none",
    ],
  );
});

test("the error has a code, its mistakes, and one line for each with the file as it was named", () => {
  assert.throws(
    () => parseConfig("port: -1\nhost: 3\npaths: {/a: {get: {cmd: x}}}", "conf/u.yaml"),
    (error) => {
      assert.ok(error instanceof ConfigError && error instanceof UrocketError);
      assert.equal(error.code, "config-invalid");
      assert.equal(
        error.message,
        "conf/u.yaml:1:7: expected `port` to be a port from 0 to 65535, got -1\n" +
          "conf/u.yaml:2:7: expected `host` to be a non-empty string, got 3",
      );
      assert.deepEqual(error.mistakes[1], {
        file: "conf/u.yaml",
        position: { line: 2, column: 7 },
        message: "expected `host` to be a non-empty string, got 3",
      });
      return true;
    },
  );
});

test("an empty file is a mistake", () => {
  for (const text of ["", "\n\n", "# nothing yet\n", "---\n", "null"]) {
    assert.deepEqual(mistakesIn(text), ["1:1: expected a configuration with `paths`, got an empty file"]);
  }
});

test("a file that holds no map is a mistake", () => {
  assert.deepEqual(mistakesIn("- a"), ["1:1: expected the configuration to be a map, got a list"]);
  assert.deepEqual(mistakesIn("hello"), ['1:1: expected the configuration to be a map, got "hello"']);
});

for (const [text, mistake] of [
  ["port: [1", "1:9: expected valid YAML: Flow sequence in block collection"],
  ['port: "1\nhost: x', "2:"],
  ["port: 1\n\thost: 2", "2:1: expected valid YAML: Tabs are not allowed as indentation"],
  ["port: 1\n---\nport: 2", "2:1: expected valid YAML: one document, got another after `---`"],
  ["cmd: {{jsonpayload}}", "1:7: expected valid YAML: a key is a plain text; quote a value that begins with `{`"],
] as const) {
  test(`${JSON.stringify(text)} is not valid YAML`, () => {
    const [found = ""] = mistakesIn(text);
    assert.ok(found.startsWith(mistake), found);
    assert.match(found, /^\d+:\d+: expected valid YAML: /);
    assert.ok(!found.includes("\n"));
  });
}

test("of broken YAML ten faults are told, and how many more there are", () => {
  const found = mistakesIn(`paths: {\n${"  /a: {get: {cmd: echo}}\n".repeat(50)}`);
  assert.equal(found.length, 11);
  assert.match(found.at(-1) ?? "", /^13:\d+: expected valid YAML: \d+ more like these, often all from the first$/);
});

test("nesting without end is a mistake, not a crash", () => {
  assert.match(mistakesIn(`paths: ${"[".repeat(20_000)}`)[0] ?? "", /^1:\d+: expected/);
});

test("long values are cut in messages", () => {
  assert.match(mistakesIn(`port: ${"x".repeat(500)}\npaths: {/a: {get: {cmd: x}}}`).join(), /got "x{59}\.\.\.$/);
});

test("CRLF line ends and a byte order mark shift no position", () => {
  assert.deepEqual(mistakesIn("paths: {/a: {get: {cmd: x}}}\r\n\r\nport: -1\r\n"), [
    "3:7: expected `port` to be a port from 0 to 65535, got -1",
  ]);
});

test("whatever stands in a file, it is taken or has mistakes at places in it", () => {
  const scalar = fc.oneof(fc.constantFrom("x", "", -1, 0, true, null, "stdin", "'", "{{x}}", "1s"), fc.string());
  const key = fc.constantFrom(
    "paths",
    "/a",
    "a",
    "post",
    "inject",
    "cmd",
    "env",
    "timeout",
    "time-out",
    "log",
    "__proto__",
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 5 }, scalar, fc.array(tie("tree"), { maxLength: 3 }), fc.dictionary(key, tie("tree"))),
  }));
  fc.assert(
    fc.property(fc.dictionary(key, tree), (data) => {
      const text = JSON.stringify(data, null, 1);
      const lines = text.split("\n");
      try {
        assert.ok(parseConfig(text, "u.yaml").routes.length > 0);
      } catch (error) {
        assert.ok(error instanceof ConfigError, String(error));
        assert.ok(error.mistakes.length > 0);
        for (const { position, message } of error.mistakes) {
          assert.ok(position.column >= 1 && position.column <= (lines[position.line - 1]?.length ?? -1) + 1, message);
        }
      }
    }),
    { numRuns: 500 },
  );
});

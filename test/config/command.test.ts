import assert from "node:assert/strict";
import { test } from "node:test";
import { mistakesIn, routeWith, textWith } from "./parsing.ts";

test("a string is split into words and a list is the words", () => {
  assert.deepEqual(routeWith("cmd: a 'b c' \"d e\"").inject.cmd, ["a", "b c", "d e"]);
  assert.deepEqual(routeWith(`cmd: [a b, "'c'"]`).inject.cmd, ["a b", "'c'"]);
});

test("a folded or literal block is one command line", () => {
  assert.deepEqual(routeWith("cmd: >", "  curl -s", "  --data {{ jsonpayload }}").inject.cmd, [
    "curl",
    "-s",
    "--data",
    "{{ jsonpayload }}",
  ]);
  assert.deepEqual(routeWith("cmd: |", "  curl -s \\", "    'a", "  b'").inject.cmd, ["curl", "-s", "a\nb"]);
});

for (const [text, got] of [
  ['""', '""'],
  ['"  "', '"  "'],
  ["\"''\"", "\"''\""],
  ["[]", "an empty list"],
  ['[""]', "a list"],
  ['!ToSplit ""', '""'],
  ["!Splitted []", "an empty list"],
] as const) {
  test(`cmd: ${text} names no program`, () => {
    const [found = "", ...others] = mistakesIn(textWith(`cmd: ${text}`));
    assert.deepEqual(others, []);
    assert.match(found, /^4:\d+: /);
    assert.ok(found.endsWith(`expected \`cmd\` to name a program, got ${got}`), found);
  });
}

test("an open quote is a mistake where it stands", () => {
  assert.deepEqual(mistakesIn(textWith("cmd: echo 'a b")), [
    "4:17: expected `cmd` to have a closing ' for the one here, got \"'a b\"",
  ]);
  assert.deepEqual(mistakesIn(textWith('cmd: echo \\"a "b')), [
    '4:21: expected `cmd` to have a closing " for the one here, got "\\"b"',
  ]);
  assert.deepEqual(mistakesIn(textWith("cmd: echo a\\")), [
    '4:18: expected `cmd` to have a character after the last backslash, got "\\\\"',
  ]);
});

test("an open quote in a string that YAML unescapes is a mistake where the string begins", () => {
  assert.deepEqual(mistakesIn(textWith(`cmd: "\\x65cho 'a"`)), [
    "4:12: expected `cmd` to have a closing ' for the one here, got \"'a\"",
  ]);
});

test("a command is a string or a list of strings", () => {
  assert.deepEqual(mistakesIn(textWith("cmd: 5")), [
    "4:12: expected `cmd` to be a command line or a list of words, got 5",
  ]);
  assert.deepEqual(mistakesIn(textWith("cmd: [sleep, 5, {}]")), [
    "4:20: expected `cmd[1]` to be a string without NUL characters, got 5; quote it",
    "4:23: expected `cmd[2]` to be a string without NUL characters, got an empty map",
  ]);
});

test("a NUL character can't be in a command", () => {
  assert.equal(mistakesIn(textWith('cmd: "a\\0b"')).length, 1);
  assert.equal(mistakesIn(textWith('cmd: [x, "a\\0b"]')).length, 1);
});

test("an unknown placeholder is a mistake where it stands", () => {
  assert.deepEqual(mistakesIn(textWith("cmd: echo {{jsonpayload}} {{json_payload}}")), [
    "4:33: expected `cmd` to use known placeholders, got `{{json_payload}}`; did you mean `{{jsonpayload}}`?",
  ]);
  assert.deepEqual(mistakesIn(textWith("cmd: [echo, 'x={{ user }}']", "env: ['A={{ foo }}']")), [
    "4:22: expected `cmd[1]` to use known placeholders, got `{{ user }}`; known are jsonpayload, request_id, method, path, query, payloadfile, param.NAME, query.NAME, header.NAME",
    "5:16: expected `env[0]` to use known placeholders, got `{{ foo }}`; known are jsonpayload, request_id, method, path, query, payloadfile, param.NAME, query.NAME, header.NAME",
  ]);
});

test("every known placeholder may stand in a command and in a variable", () => {
  const all = "{{jsonpayload}} {{ request_id }} {{method}} {{path}} {{query}}";
  assert.equal(routeWith(`cmd: echo ${all}`, `env: ["A=${all}"]`).inject.cmd.length, 6);
});

test("!ToSplit and !Splitted stand at commands only", () => {
  assert.deepEqual(mistakesIn(textWith("cmd: [!ToSplit a b]", "wd: !ToSplit c", "env: !Splitted [A=1]")), [
    "4:22: expected !ToSplit at `cmd` only, got it at `cmd[0]`",
    "5:20: expected !ToSplit at `cmd` only, got it at `wd`",
    "6:22: expected !Splitted at `cmd` only, got it at `env`",
  ]);
});

test("!ToSplit wants a string, !Splitted a list, and other tags are unknown", () => {
  assert.deepEqual(mistakesIn(textWith("cmd: !ToSplit [a]")), [
    "4:12: expected !ToSplit before a string or !Splitted before a list, got !ToSplit",
  ]);
  assert.deepEqual(mistakesIn(textWith("cmd: !Splitted a")), [
    "4:12: expected !ToSplit before a string or !Splitted before a list, got !Splitted",
  ]);
  assert.deepEqual(mistakesIn(textWith("cmd: !Split a")), [
    "4:12: expected !ToSplit before a string or !Splitted before a list, got !Split",
  ]);
  assert.deepEqual(mistakesIn(textWith("cmd: !!binary YQ==")), [
    "4:12: expected !ToSplit before a string or !Splitted before a list, got tag:yaml.org,2002:binary",
  ]);
});

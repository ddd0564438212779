import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { parseEnvFile } from "../../lib/compose/env-file.ts";

function read(text: string): Record<string, string> {
  const { variables, mistakes } = parseEnvFile(text, "a.env");
  assert.deepEqual(mistakes, []);
  return Object.fromEntries(variables);
}

function mistake(text: string): string {
  const { mistakes } = parseEnvFile(text, "a.env");
  assert.equal(mistakes.length, 1, JSON.stringify(mistakes));
  const [{ file, position, message } = assert.fail()] = mistakes;
  return `${file}:${position.line}:${position.column}: ${message}`;
}

const VALUES: [line: string, value: string][] = [
  ["A=1", "1"],
  ["A=", ""],
  ["A=''", ""],
  ["  export A=1  ", "1"],
  ["A= 1", "1"],
  ["A=two words", "two words"],
  ["A=1 # one", "1"],
  ["A=# nothing", ""],
  ["A=a#b", "a#b"],
  ["A=https://x.test/?a=b&c=$d", "https://x.test/?a=b&c=$d"],
  ["A=a=b", "a=b"],
  ["A=it's", "it's"],
  ["A='$HOME \\n \" #'", '$HOME \\n " #'],
  ['A="a \\"b\\" \\\\ \\$c \\n # \' \\x"', 'a "b" \\ $c \n # \' \\x'],
  ["A='1' # one", "1"],
  ["A={{jsonpayload}}", "{{jsonpayload}}"],
  ["A=grüße €", "grüße €"],
];

for (const [line, value] of VALUES) {
  test(`${line} means ${JSON.stringify(value)}`, () => assert.deepEqual(read(line), { A: value }));
}

test("blank lines, comments, a byte order mark and the line ends of other systems mean nothing", () => {
  assert.deepEqual(read("\ufeffA=1\r\n\r\n  # B=2\r\n#C=3\nD='4'\r\n"), { A: "1", D: "4" });
});

test("of two lines with one name the later wins", () => {
  assert.deepEqual(read("A=1\nB=2\nA=3"), { A: "3", B: "2" });
});

test("a quoted value means what it means to a shell", () => {
  for (const quoted of ["'a $b \\ \" #'", '"a b"', '"a \\" \\\\ \\$b \\` \' #"', "''"]) {
    const shell = execFileSync("/bin/sh", ["-c", `A=${quoted}; printf %s "$A"`], { encoding: "utf8" });
    assert.deepEqual(read(`A=${quoted}`), { A: shell });
  }
});

const MISTAKES: [text: string, mistake: string][] = [
  ["A", "a.env:1:1: expected NAME=value, with a name of letters, digits and underscores, got something else"],
  [
    "A=1\n  my-key=2",
    "a.env:2:3: expected NAME=value, with a name of letters, digits and underscores, got something else",
  ],
  ["1A=2", "a.env:1:1: expected NAME=value, with a name of letters, digits and underscores, got something else"],
  ["A =2", "a.env:1:1: expected NAME=value, with a name of letters, digits and underscores, got something else"],
  ["A='s3cret", "a.env:1:3: expected a closing ' in this line, got its end"],
  ['export A="s3cret\\"', 'a.env:1:10: expected a closing " in this line, got its end'],
  ["A='1'2", "a.env:1:6: expected nothing or a comment behind the closing ', got more"],
  ["A='1'#2", "a.env:1:6: expected nothing or a comment behind the closing ', got more"],
  ["A=x\0y", "a.env:1:4: expected text, got a NUL byte"],
];

for (const [text, expected] of MISTAKES) {
  test(`${JSON.stringify(text)} is a mistake with its place, and without the value`, () => {
    assert.equal(mistake(text), expected);
  });
}

test("every mistake of a file is found", () => {
  assert.deepEqual(
    parseEnvFile("A\nB=1\nC='", "a.env").mistakes.map(({ position }) => position.line),
    [1, 3],
  );
});

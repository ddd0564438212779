import assert from "node:assert/strict";
import { test } from "node:test";
import { configSchema } from "../../lib/config/index.ts";
import { encodeRlimits } from "../../lib/process/rlimits.ts";
import { mistakesIn, routeWith, textWith } from "./parsing.ts";

test("who and what a process may be is taken over", () => {
  const { inject } = routeWith(
    "cmd: x",
    "user: www-data",
    'group: "33"',
    "umask: 0o27",
    'nice: "-5"',
    "rlimits: {as: 512MiB, core: 0, cpu: 10, nofile: {soft: 64, hard: unlimited}, stack: unlimited}",
    "cgroup: {memory: 1GiB, cpu: 0.5, pids: 20}",
    "no-new-privs: true",
  );
  assert.equal(inject.user, "www-data");
  assert.equal(inject.group, 33);
  assert.equal(inject.umask, 0o27);
  assert.equal(inject.nice, -5);
  assert.deepEqual(inject.rlimits, {
    as: 512 * 1024 ** 2,
    core: 0,
    cpu: 10,
    nofile: { soft: 64, hard: "unlimited" },
    stack: "unlimited",
  });
  assert.deepEqual(inject.cgroup, { memory: 1024 ** 3, cpu: 0.5, pids: 20 });
  assert.equal(inject.noNewPrivs, true);
});

test("a control group without bounds is still one", () => {
  const nothing = { memory: undefined, cpu: undefined, pids: undefined };
  assert.deepEqual(routeWith("cmd: x", "cgroup: {}").inject.cgroup, nothing);
});

test("the limits are those that the process library knows, under the same names", () => {
  const names = Object.keys(configSchema.definitions?.route?.properties?.rlimits?.properties ?? {});
  assert.equal(names.length, 16);
  for (const name of names) assert.equal(encodeRlimits({ [name]: 1 }).length, 3);
});

for (const [text, mask] of [
  ["022", 0o22],
  ["0o22", 0o22],
  ['"0022"', 0o22],
  ["0", 0],
] as const) {
  test(`umask: ${text} is the mask ${mask.toString(8)}`, () => {
    assert.equal(routeWith("cmd: x", `umask: ${text}`).inject.umask, mask);
  });
}

for (const [setting, kind, got] of [
  ["umask: 22", "an octal mask such as 022", "22"],
  ["umask: 0888", "an octal mask such as 022", '"0888"'],
  ["nice: 20", "a niceness from -20 to 19", "20"],
  ["nice: -21", "a niceness from -20 to 19", "-21"],
  ["user: -1", "a name or an id", "-1"],
  ["user: 4294967295", "a name or an id", "4294967295"],
  ['user: ""', "a name or an id", '""'],
  ["group: a b", "a name or an id", '"a b"'],
  ["nonewprivs: 1", "true or false", "1"],
  ["rlimits: many", "a map", '"many"'],
] as const) {
  test(`${setting} is a mistake`, () => {
    const [key] = setting.split(":");
    assert.deepEqual(mistakesIn(textWith("cmd: x", setting)), [
      `5:${9 + setting.indexOf(":")}: expected \`${key}\` to be ${kind}, got ${got}`,
    ]);
  });
}

test("mistakes in limits are told where they stand", () => {
  assert.deepEqual(
    mistakesIn(
      textWith(
        "cmd: x",
        "rlimits:",
        "  as: lots",
        "  nofile: 64MiB",
        "  nofiles: 3",
        "  cpu: {soft: 3}",
        "  core: {soft: 2, hard: 1}",
        "  data: {soft: unlimited, hard: 1}",
        "  stack: {soft: x, hard: 1}",
        "cgroup: {memory: 0, cpu: 0, pids: 1.5, io: 1}",
      ),
    ),
    [
      '6:13: expected `as` to be a size such as 64MiB, unlimited, or a map of soft and hard, got "lots"',
      '7:17: expected `nofile` to be a whole number such as 1024, unlimited, or a map of soft and hard, got "64MiB"',
      "8:9: expected a key of `rlimits`, got `nofiles`; did you mean `nofile`?",
      "9:9: expected `cpu` to have `hard`, got none",
      "10:22: expected `soft` to be at most `hard`, which is 1, got 2",
      "11:22: expected `soft` to be at most `hard`, which is 1, got unlimited",
      '12:23: expected `soft` to be a size such as 64MiB, or unlimited, got "x"',
      "13:24: expected `memory` to be a size above 0 such as 65536 or 64KiB, got 0",
      "13:32: expected `cpu` to be a number of CPUs above 0 such as 0.5, got 0",
      "13:41: expected `pids` to be a whole number above 0, got 1.5",
      "13:46: expected a key of `cgroup`, got `io`; known are memory, cpu, pids",
    ],
  );
});

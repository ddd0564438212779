import assert from "node:assert/strict";
import { test } from "node:test";
import { ConfigError, configSchema, parseConfig } from "../../lib/config/index.ts";
import type { Schema } from "../../lib/config/schema-type.ts";
import { UNAVAILABLE, type Unavailable } from "../../lib/config/unavailable.ts";
import { EVERYTHING, mistakesIn, parse, textWith } from "./parsing.ts";

const OLD: Unavailable = {
  keys: {
    "a key of `limits`": ["queue"],
    "a key of a route": ["concurrency", "nice"],
    "a key of `inject`": ["nice"],
    "a key of the configuration": ["tls"],
  },
  values: {
    stats: { what: "the statistics header", values: [true] },
    channel: { what: "this channel", values: ["env", "file", "cgi"] },
  },
  patterns: true,
};

test("a value that is not available is refused with those that are", () => {
  assert.deepEqual(mistakesIn(textWith("cmd: x", "stats: true", "channel: env"), OLD), [
    "5:14: expected `stats` to be false, got true: the statistics header is not available in this version",
    '6:16: expected `channel` to be "cmdline" or "stdin", got "env": this channel is not available in this version',
  ]);
  assert.equal(parse(textWith("cmd: x", "stats: false", "channel: stdin"), OLD).routes.length, 1);
});

test("a key that is not available is refused by its name in every map", () => {
  const text =
    "tls: {cert: a, key: b}\nlimits: {queue: 3}\ndefaults: {concurrency: 3}\npaths: {/a: {get: {inject: {cmd: x, nice: 1}}}}";
  assert.deepEqual(mistakesIn(text, OLD), [
    "1:1: expected a key of the configuration, got `tls`, which is not available in this version",
    "2:10: expected a key of `limits`, got `queue`, which is not available in this version",
    "3:12: expected a key of a route, got `concurrency`, which is not available in this version",
    "4:37: expected a key of `inject`, got `nice`, which is not available in this version",
  ]);
  assert.equal(parse(text).limits.queue, 3);
});

test("what is not available is refused under the spelling of its author", () => {
  assert.deepEqual(
    mistakesIn("limits: {queue-timeout: 3}\npaths: {/a: {get: {cmd: x}}}", {
      ...OLD,
      keys: { "a key of `limits`": ["queuetimeout"] },
    }),
    ["1:10: expected a key of `limits`, got `queue-timeout`, which is not available in this version"],
  );
});

test("patterns of paths are refused where they are not available", () => {
  const text = "paths:\n  /pets/{petId}: {get: {cmd: x}}\n  /files/*: {get: {cmd: x}}\n";
  assert.deepEqual(mistakesIn(text, OLD), [
    "2:3: expected a fixed path, got `/pets/{petId}`: patterns are not available in this version",
    "3:3: expected a fixed path, got `/files/*`: patterns are not available in this version",
  ]);
  assert.equal(parse(text).routes.length, 2);
});

test("what was never promised is only unknown", () => {
  assert.deepEqual(mistakesIn(textWith("cmd: x", "channel: pigeon", "validatein: 1"), OLD), [
    '5:16: expected `channel` to be "cmdline", "stdin", "env", "file" or "cgi", got "pigeon"',
    "6:19: expected `validatein` to be true or false, got 1",
  ]);
});

test("admin is announced and not available", () => {
  assert.deepEqual(mistakesIn("admin: {port: 9090}\npaths: {/a: {get: {cmd: x}}}"), [
    "1:1: expected a key of the configuration, got `admin`, which is not available in this version",
  ]);
});

test("this version refuses what its own list says", () => {
  const text = textWith(
    "cmd: x",
    ...Object.entries(UNAVAILABLE.values).map(([key, { values }]) => `${key}: ${values[0]}`),
  );
  const found = mistakesOf(() => parseConfig(text, "u.yaml"));
  for (const [key, { what }] of Object.entries(UNAVAILABLE.values)) {
    assert.ok(
      found.some((line) => line.includes(`\`${key}\``) && line.endsWith(`${what} is not available in this version`)),
      key,
    );
  }
});

test("the list of this version names keys and values that the schema knows, or announced ones", () => {
  const known = new Map<string, Schema[]>();
  for (const map of maps(configSchema)) known.set(map.keys ?? "", [...(known.get(map.keys ?? "") ?? []), map]);
  for (const [label, keys] of Object.entries(UNAVAILABLE.keys)) {
    for (const key of keys) {
      assert.ok(
        key === "admin" || known.get(label)?.some(({ properties = {} }) => key in properties),
        `${label}: ${key}`,
      );
    }
  }
  const route = configSchema.definitions?.route?.properties ?? {};
  for (const [key, { values }] of Object.entries(UNAVAILABLE.values)) {
    const choices = route[key]?.enum ?? [true, false];
    for (const value of values) assert.ok(choices.includes(value), `${key}: ${value}`);
  }
  assert.equal(EVERYTHING.patterns, false);
});

function mistakesOf(parsing: () => unknown): string[] {
  try {
    parsing();
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.mistakes.map(({ message }) => message);
  }
  return [];
}

function* maps(schema: Schema): Generator<Schema> {
  if (schema.properties !== undefined) yield schema;
  const inner = [...Object.values(schema.properties ?? {}), ...Object.values(schema.definitions ?? {})];
  for (const one of inner) yield* maps(one);
}

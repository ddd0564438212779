import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv } from "ajv";
import { parse as parseYaml } from "yaml";
import { EDITOR_KINDS } from "../../lib/config/editor-kinds.ts";
import { editorSchema } from "../../lib/config/index.ts";
import { KINDS, type Kind } from "../../lib/config/kinds.ts";
import { parse } from "./parsing.ts";

// Strict: a word that is not of the standard is refused.
const validate = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile(editorSchema());

/** What the editor says of a configuration whose one route has these settings. */
function says(settings: Record<string, unknown>, top: Record<string, unknown> = {}): string {
  if (validate({ ...top, paths: { "/a": { post: { cmd: "x", ...settings } } } })) return "";
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join("\n");
}

test("the example is right in an editor", () => {
  const text = readFileSync(join(import.meta.dirname, "../../examples/urocket-service.yaml"), "utf8");
  assert.ok(validate(parseYaml(text)), JSON.stringify(validate.errors));
});

for (const spelling of ["replytimeout", "reply-timeout", "reply_timeout", "replyTimeout", "Reply-Timeout"]) {
  test(`an editor takes ${spelling} and checks its value`, () => {
    assert.equal(says({ [spelling]: "2s" }), "");
    assert.match(says({ [spelling]: "soon" }), /must match pattern/);
  });
}

test("an editor takes the spellings of keys at every depth", () => {
  assert.equal(
    says(
      {
        inject: { "kill-signal": "TERM", r_limits: { noFile: 3 } },
        auth: { type: "basic", user: "u", "secret-env": "P" },
      },
      { "service-name": "x", limits: { queueTimeout: "1s" }, "socket-mode": 0o600 },
    ),
    "",
  );
  assert.equal(says({ POST: 1 }) !== "", true);
});

test("an editor finds an unknown key and a wrong value", () => {
  assert.match(says({ timout: 3 }), /must NOT have additional properties/);
  assert.match(says({ "time-out": -1 }), /must be > 0/);
  assert.match(says({ channel: "pigeon" }), /must be equal to one of the allowed values/);
  assert.match(says({ auth: true }), /must NOT be valid/);
  assert.match(says({}, { port: 65536 }), /must be <= 65535/);
});

test("an editor refuses nothing that a kind takes", () => {
  const values: unknown[] = [
    ...[
      "x",
      " x ",
      "1500",
      "1.5s",
      " 2 min ",
      "64KiB",
      "1.5 MB",
      "unlimited",
      "0",
      "7",
      "-5",
      "0.5",
      "0600",
      "600",
      "0o600",
    ],
    ...[
      "022",
      "0o22",
      "SIGTERM",
      "term",
      "rtmin+3",
      "SIGSTKFLT",
      "SIGUSR1",
      "www-data",
      "àda",
      "a b",
      "x-api-key",
      "`|~",
    ],
    ...["text/plain", "text/plain; charset=utf-8", "a+b/c.d-e", "sha256=", "", "HOME", "LC_*", "A=", "A=b\nc", "a\tb"],
    ...["usocket://x", "USOCKET://", 0, 1, 7, 0.5, 384, 65535, -20, 19, 1e6, true, false, [], ["x"], {}, null],
  ];
  let taken = 0;
  for (const [kind, schema] of Object.entries(EDITOR_KINDS)) {
    const check = new Ajv({ strict: false }).compile(schema);
    for (const value of values.filter((value) => KINDS[kind as Kind](value))) {
      taken++;
      assert.ok(check(value), `${kind}: ${JSON.stringify(value)}`);
    }
  }
  assert.ok(taken > 150, String(taken));
});

test("what an editor takes is taken", () => {
  for (const [settings, text] of [
    [{ timeout: "2 min" }, "timeout: 2 min"],
    [{ nice: -20 }, "nice: -20"],
    [{ umask: "022" }, "umask: 022"],
    [{ rlimits: { cpu: "unlimited" } }, "rlimits: {cpu: unlimited}"],
  ] as const) {
    assert.equal(says(settings), "");
    assert.ok(parse(`paths: {/a: {post: {cmd: x, ${text}}}}`));
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChannelName, ChannelOptions } from "../../lib/channels/channel.ts";
import { createChannel } from "../../lib/channels/create.ts";
import type { SpawnSpec } from "../../lib/process/types.ts";
import { message } from "./message.ts";
import { options, variables } from "./options.ts";

function spec(
  name: ChannelName,
  cmd: readonly string[],
  body: string | Buffer,
  facts: Partial<ChannelOptions> = {},
): SpawnSpec {
  return createChannel(name, options({ cmd, ...facts }))(message(body));
}

const BINARY = Buffer.from([0, 0xff, 0xfe, 10]);

test("stdin: the payload is standard input and the command stays as it is", () => {
  const { argv, stdin, files } = spec("stdin", ["wc", "-c"], BINARY);
  assert.deepEqual([argv, stdin, files], [["wc", "-c"], BINARY, undefined]);
});

test("env: the payload is JSONPAYLOAD, which `env` can't change, and the command stays as it is", () => {
  const { argv, env, stdin } = spec("env", ["printenv"], "{}", { env: ["JSONPAYLOAD=x"] });
  assert.deepEqual([argv, variables(env).JSONPAYLOAD, stdin], [["printenv"], "{}", undefined]);
});

test("file: the name of the file is the last argument and a variable", () => {
  const { argv, env, files, stdin } = spec("file", ["wc", "-c"], BINARY);
  assert.deepEqual(argv, ["wc", "-c", "/dev/fd/3"]);
  assert.equal(variables(env).UROCKET_PAYLOADFILE, "/dev/fd/3");
  assert.deepEqual([files, stdin], [{ 3: BINARY }, undefined]);
});

test("file: a command with any placeholder gets no further argument", () => {
  assert.deepEqual(spec("file", ["mv", "{{payloadfile}}", "x"], "a").argv, ["mv", "/dev/fd/3", "x"]);
  assert.deepEqual(spec("file", ["job", "{{method}}"], "a").argv, ["job", "POST"]);
  const script = 'cat "$UROCKET_PAYLOADFILE"';
  assert.deepEqual(spec("file", ["sh", "-c", script], "a").argv, ["sh", "-c", script]);
});

test("{{payloadfile}} attaches the file in every channel, and only there where it stands", () => {
  for (const name of ["cmdline", "stdin", "env", "cgi"] as const) {
    assert.deepEqual(spec(name, ["x", "{{payloadfile}}"], "a").files, { 3: Buffer.from("a") }, name);
    assert.deepEqual(spec(name, ["x"], "a", { env: ["F={{payloadfile}}"] }).files, { 3: Buffer.from("a") }, name);
    assert.equal(spec(name, ["x", "{{path}}"], "a").files, undefined, name);
  }
});

test("{{payloadfile}} in a shell script is a variable, written by hand or not", () => {
  for (const word of ["{{payloadfile}}", "$UROCKET_PAYLOADFILE"]) {
    const { argv, env, files } = spec("stdin", ["sh", "-c", `wc -c < ${word}`], "a");
    assert.match(argv[2] ?? "", /^wc -c < "?\$\{?UROCKET_PAYLOADFILE\}?"?$/);
    assert.equal(variables(env).UROCKET_PAYLOADFILE, "/dev/fd/3");
    assert.deepEqual(files, { 3: Buffer.from("a") });
  }
});

test("the encoding reaches every form of the payload", () => {
  const cmd = ["x", "{{jsonpayload}}", "{{payloadfile}}"];
  const { argv, files, stdin } = spec("stdin", cmd, BINARY, { encoding: "base64" });
  const base64 = BINARY.toString("base64");
  assert.deepEqual([argv[1], files?.[3]?.toString(), String(stdin)], [base64, base64, base64]);
});

test("a payload that is to be an argument must be text even where it travels on standard input", () => {
  assert.throws(() => spec("stdin", ["x", "{{jsonpayload}}"], BINARY), { code: "payload-not-representable" });
});

test("words that other fields of a spec take for more than bytes are bytes", () => {
  assert.deepEqual(spec("stdin", ["cat"], "null").stdin, Buffer.from("null"));
  assert.deepEqual(spec("stdin", ["cat"], "").stdin, Buffer.from("{}"));
});

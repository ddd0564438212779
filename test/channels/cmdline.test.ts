import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProcessOptions } from "../../lib/channels/channel.ts";
import { cmdline } from "../../lib/channels/cmdline.ts";
import { UrocketError } from "../../lib/core/errors.ts";
import { message } from "./message.ts";
import { options, variables } from "./options.ts";

test("without any placeholder the payload is the last argument", () => {
  const channel = cmdline(options({ cmd: ["/bin/echo", "-n"] }));
  assert.deepEqual(channel(message('{"a":1}')).argv, ["/bin/echo", "-n", '{"a":1}']);
});

test("a placeholder in any word keeps the payload from being appended", () => {
  const channel = cmdline(options({ cmd: ["/bin/echo", "id={{ request_id }}"] }));
  assert.deepEqual(channel(message("{}", { id: "42" })).argv, ["/bin/echo", "id=42"]);
});

test("each placeholder is filled, as often as it stands in the command", () => {
  const cmd = ["echo", "{{method}} {{path}}?{{query}}", "{{jsonpayload}}", "-{{jsonpayload}}-{{jsonpayload}}", "c"];
  const spec = cmdline(options({ cmd }))(message("x y", { query: "a=1&b=%20" }));
  assert.deepEqual(spec.argv, ["echo", "POST /pets?a=1&b=%20", "x y", "-x y-x y", "c"]);
});

test("a value is filled in once: placeholders in a payload stay as they are", () => {
  const channel = cmdline(options({ cmd: ["echo", "{{jsonpayload}}"], env: ["P={{jsonpayload}}"] }));
  const spec = channel(message("{{request_id}} $& $1 {{jsonpayload}}"));
  assert.equal(spec.argv[1], "{{request_id}} $& $1 {{jsonpayload}}");
  assert.equal(variables(spec.env).P, "{{request_id}} $& $1 {{jsonpayload}}");
});

test("the payload is one argument whatever it contains", () => {
  for (const payload of ["a b", '"; rm -rf /', "-n", "", " ", "\n", "*", "é\u{1f680}", "\ufeffbom"]) {
    const spec = cmdline(options({ cmd: ["echo", "{{jsonpayload}}"] }))(message(payload || " "));
    assert.deepEqual(spec.argv, ["echo", payload || " "]);
  }
});

test("one message leaves nothing behind for the next", () => {
  const channel = cmdline(options({ env: ["P={{jsonpayload}}"] }));
  const first = channel(message("first"));
  const second = channel(message("second"));
  assert.deepEqual([first.argv[1], second.argv[1]], ["first", "second"]);
  assert.deepEqual([variables(first.env).P, variables(second.env).P], ["first", "second"]);
});

test("the process gets its id, path, socket and a constant PATH, and nothing of our own environment", () => {
  const spec = cmdline(options())(message("{}", { id: "42", path: "/get/pets" }));
  assert.deepEqual(variables(spec.env), {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    REQUEST_ID: "42",
    URIPATH: "/get/pets",
    UROCKET_SOCKET: "/run/urocket.sock",
  });
});

test("`env` wins over defaults, its last entry over earlier ones, and what is ours over `env`", () => {
  const env = ["PATH=/opt/bin", "A=1", "A=2=3", "EMPTY=", "REQUEST_ID=x", "URIPATH=x", "UROCKET_SOCKET=x"];
  const found = variables(cmdline(options({ env }))(message("{}", { id: "42" })).env);
  assert.deepEqual(found, {
    PATH: "/opt/bin",
    A: "2=3",
    EMPTY: "",
    REQUEST_ID: "42",
    URIPATH: "/pets",
    UROCKET_SOCKET: "/run/urocket.sock",
  });
});

test("braces in the socket path are no placeholder", () => {
  const spec = cmdline(options({ socketPath: "/run/{{path}}.sock" }))(message("{}"));
  assert.equal(variables(spec.env).UROCKET_SOCKET, "/run/{{path}}.sock");
});

test("an entry of `env` without a constant name is a mistake of the configuration", () => {
  for (const entry of ["NAME", "=value", "{{query}}=1", "A{{path}}=1"]) {
    assert.throws(() => cmdline(options({ env: [entry] })), {
      code: "config-invalid",
      message: `expected an entry of \`env\` to be NAME=value, got ${entry}`,
    });
  }
});

test("an unknown placeholder is a mistake of the configuration", () => {
  for (const facts of [
    { cmd: ["echo", "{{body}}"] },
    { env: ["A={{body}}"] },
    { cmd: ["sh", "-c", "echo {{body}}"] },
  ]) {
    assert.throws(() => cmdline(options(facts)), { code: "config-invalid", message: /request_id.*got \{\{body\}\}/ });
  }
});

test("what the route says of the process goes into the spec unchanged", () => {
  const process: ProcessOptions = {
    cwd: "/srv",
    timeout: 7,
    grace: 8,
    killSignal: "SIGINT",
    linger: 9,
    stdout: { capture: 10 },
    stderr: "null",
    user: "nobody",
    umask: 0o77,
    rlimits: { nofile: 64 },
  };
  const { argv, env, ...rest } = cmdline(options({ process }))(message("{}"));
  assert.deepEqual(rest, { ...process, stdin: undefined, files: undefined, requestId: message("").id });
});

test("an argument or variable may be 131071 bytes and not one more", () => {
  const channel = cmdline(options({ cmd: ["echo", "{{jsonpayload}}"] }));
  assert.equal(channel(message("x".repeat(131_071))).argv[1]?.length, 131_071);
  assertCode(() => channel(message("x".repeat(131_072))), "payload-too-large");
  // Three bytes to each character, so that characters are far from the limit and bytes are over it.
  assert.equal(channel(message("€".repeat(43_690))).argv[1]?.length, 43_690);
  assertCode(() => channel(message("€".repeat(43_691))), "payload-too-large");
  const variable = cmdline(options({ cmd: ["echo", "{{path}}"], env: ["P={{jsonpayload}}"] }));
  assert.equal(variables(variable(message("x".repeat(131_069))).env).P?.length, 131_069);
  assertCode(() => variable(message("x".repeat(131_070))), "payload-too-large");
});

test("a word of the configuration that no process could get is a mistake of the configuration", () => {
  for (const word of ["a\0b", "x".repeat(131_072)]) {
    assertCode(() => cmdline(options({ cmd: ["echo", word] })), "config-invalid");
    assertCode(() => cmdline(options({ env: [`A=${word}`] })), "config-invalid");
  }
});

test("a body that is no text can't travel on the command line", () => {
  const channel = cmdline(options());
  for (const body of [[0xff], [0x61, 0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0x61, 0, 0x62]]) {
    assertCode(() => channel(message(Buffer.from(body))), "payload-not-representable");
  }
});

test("a NUL in the path or the query can't travel either", () => {
  const channel = cmdline(options({ cmd: ["echo", "{{query}}"] }));
  assertCode(() => channel(message("{}", { query: "a\0b" })), "payload-not-representable");
  assertCode(() => channel(message("{}", { path: "/a\0b" })), "payload-not-representable");
});

test("a body that nothing asks for need not be text", () => {
  const channel = cmdline(options({ cmd: ["echo", "{{request_id}}"] }));
  assert.deepEqual(channel(message(Buffer.from([0xff, 0]), { id: "42" })).argv, ["echo", "42"]);
});

function assertCode(run: () => unknown, code: string): void {
  assert.throws(run, (error) => error instanceof UrocketError && error.code === code && error.message !== "");
}

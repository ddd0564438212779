import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { folderWith, urocket } from "./urocket.ts";

const CONFIG = `socketpath: u.sock
limits: {body: 20}
paths:
  /pets:
    post:
      cmd: [/bin/touch, "{{jsonpayload}}", "{{method}} {{path}}?{{query}}"]
      env: ["MODE=a b", "EMPTY="]
      timeout: 1500
      grace: 0
      onexit: error
    get: {cmd: no-such-program}
  /other: {put: {cmd: /bin/true}}
`;

function dry(t: TestContext, args: readonly string[], input?: string) {
  return urocket(folderWith(t, { "urocket-service.yaml": CONFIG }), ["dry", ...args], input);
}

test("what would run is told to people: words, environment, directory, identity and bounds", async (t) => {
  const folder = folderWith(t, { "urocket-service.yaml": CONFIG });
  const { code, stdout, stderr } = await urocket(folder, ["dry", "/pets?x=1", "-d", "made by dry"]);
  assert.equal(stderr, "");
  assert.equal(code, 0);
  const lines = stdout.split("\n");
  assert.equal(lines[0], "POST /pets?x=1 runs post /pets (urocket-service.yaml:5)");
  assert.deepEqual(lines.slice(2, 8), [
    "command",
    "  [0]  /bin/touch",
    "  [1]  made by dry",
    "  [2]  POST /pets?x=1",
    "  as a shell would be given it:",
    "  /bin/touch 'made by dry' 'POST /pets?x=1'",
  ]);
  for (const line of [
    "  MODE='a b'",
    "  EMPTY=",
    `  UROCKET_SOCKET=${folder}/u.sock`,
    "  URIPATH=/pets",
    "program    /bin/touch",
    `directory  ${folder}`,
    "input      nothing",
    `user       ${userInfo().username}`,
    "timeout    1.5 s, then SIGTERM, 0 ms later SIGKILL",
    `answer     posted to ${folder}/u.sock`,
  ]) {
    assert.ok(lines.includes(line), `${line}\n${stdout}`);
  }
  assert.match(stdout, /^ {2}REQUEST_ID=[0-9a-f-]{36}$/m);
  assert.equal(existsSync(join(folder, "made by dry")), false, "nothing is run");
  assert.equal(existsSync(join(folder, "u.sock")), false, "nothing listens");
});

test("--json tells the same to programs", async (t) => {
  const { code, stdout } = await dry(t, ["/pets", "--json", "-X", "post"]);
  assert.equal(code, 0);
  const told = JSON.parse(stdout);
  assert.equal(told.ok, true);
  assert.deepEqual(told.request, { verb: "post", path: "/pets", query: "", bytes: 0 });
  assert.deepEqual(told.argv, ["/bin/touch", "{}", "POST /pets?"]);
  assert.ok(told.env.includes("MODE=a b"));
  assert.deepEqual(told.program, { path: "/bin/touch" });
  assert.equal(told.bounds.timeout, 1500);
  assert.equal(told.bounds.killSignal, "SIGTERM");
  assert.equal(told.reply, "socket");
});

test("control characters in a word can't drive the terminal that shows them", async (t) => {
  const { stdout } = await dry(t, ["/pets", "-d", "\u001b[2J\n"]);
  assert.equal(stdout.includes("\u001b"), false);
  assert.match(stdout, /^ {2}\[1\] {2}\$'\\u001b\[2J\\n'$/m);
});

test("a program that is not there is told", async (t) => {
  const { code, stdout } = await dry(t, ["/pets"]);
  assert.equal(code, 0);
  assert.match(stdout, /^program {4}no program no-such-program in PATH=/m);
});

test("an unknown path is refused with those there are, exit code 1", async (t) => {
  const { code, stdout } = await dry(t, ["/cats"]);
  assert.equal(code, 1);
  assert.match(stdout, /^GET \/cats runs nothing: 404 No route for this path$/m);
  assert.match(stdout, /^ {2}\/pets\n {2}\/other$/m);
});

test("a verb that the path has not is refused with those it has", async (t) => {
  const { code, stdout } = await dry(t, ["/other", "-d", "x"]);
  assert.equal(code, 1);
  assert.match(stdout, /^POST \/other runs nothing: 405 The path has no such verb\n/);
  assert.match(stdout, /^ {2}allow: PUT, OPTIONS$/m);
});

test("a payload that can't travel is refused, and so is a body over the limit", async (t) => {
  const binary = await dry(t, ["/pets", "-d", "@-"], "\0");
  assert.equal(binary.code, 1);
  assert.match(binary.stdout, /^POST \/pets runs nothing: 400 The payload can't travel this way\n/);
  const large = await dry(t, ["/pets", "-d", "x".repeat(21), "--json"]);
  assert.equal(large.code, 1);
  const { ok, reply } = JSON.parse(large.stdout);
  assert.equal(ok, false);
  assert.equal(reply.status, 413);
  assert.equal(JSON.parse(reply.body).detail, "expected a body of at most 20 bytes, got 21");
});

test("what the gateway answers by itself runs nothing and is no failure", async (t) => {
  const { code, stdout } = await dry(t, ["/pets", "-X", "OPTIONS"]);
  assert.equal(code, 0);
  assert.match(stdout, /^OPTIONS \/pets runs nothing: the gateway itself answers 204\n {2}allow: /);
});

test("the body comes from a file, the path may be a whole address or lack its slash", async (t) => {
  const folder = folderWith(t, { "urocket-service.yaml": CONFIG, "body.json": '{"a":1}' });
  const { stdout } = await urocket(folder, ["dry", "--json", "http://localhost:8080/pets", "-d", "@body.json"]);
  assert.equal(JSON.parse(stdout).argv[1], '{"a":1}');
  const short = await urocket(folder, ["dry", "--json", "pets", "-X", "POST"]);
  assert.equal(JSON.parse(short.stdout).request.path, "/pets");
});

for (const [args, complaint] of [
  [[], /^error: missing required argument 'path'/],
  [["/pets", "-d", "@gone"], /^error: option '-d.*Expected a file that can be read\. ENOENT/],
  [["/pets", "-H", "no colon"], /^error: option '-H.*Expected `Name: value`\./],
  [["/pets", "-H", "a b: c"], /^error: option '-H.*Expected `Name: value`\./],
  [["/pets", "-X", "GE T"], /^error: option '-X.*Expected an HTTP method such as GET\./],
  [["/pets", "/more"], /^error: too many arguments/],
] as const) {
  test(`urocket dry ${args.join(" ")} is a misuse`, async (t) => {
    const { code, stdout, stderr } = await dry(t, args);
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, complaint);
  });
}

test("mistakes in the configuration come first", async (t) => {
  const folder = folderWith(t, { "urocket-service.yaml": "port: -1\npaths: {/a: {post: {cmd: x}}}\n" });
  const { code, stderr } = await urocket(folder, ["dry", "/a"]);
  assert.equal(code, 2);
  assert.match(stderr, /^urocket-service\.yaml:1:7: expected `port`/);
});

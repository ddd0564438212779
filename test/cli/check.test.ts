import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cleanUp } from "../helpers/clean-up.ts";
import { folderWith, urocket } from "./urocket.ts";

const RIGHT = `servicename: pets
port: 0
socketpath: u.sock
grace: 90s
paths:
  /pets:
    post: {cmd: "/bin/echo {{jsonpayload}} 'two words'", timeout: 2s}
    get: {cmd: /bin/true}
`;

test("a right configuration is told with its front, socket, limits and routes", async (t) => {
  const folder = folderWith(t, { "urocket-service.yaml": RIGHT });
  const { code, stdout, stderr } = await urocket(folder, ["check"]);
  assert.equal(stderr, "");
  assert.equal(code, 0);
  const lines = stdout.split("\n");
  assert.equal(lines[0], "urocket-service.yaml: no mistakes");
  assert.match(stdout, /^service +pets$/m);
  assert.match(stdout, /^front +http:\/\/127\.0\.0\.1, any free port$/m);
  assert.ok(stdout.includes(`${join(folder, "u.sock")} (mode 0600)`), stdout);
  assert.match(stdout, /^limits +\d+ processes at once, \d+ more requests wait up to 10 s$/m);
  assert.match(stdout, /^stop +after SIGTERM running requests have 90 s$/m);
  assert.match(stdout, /^routes \(2\)$/m);
  assert.match(
    stdout,
    /^ {2}POST {2}\/pets {2}cmdline → socket {2}2 s {2}\/bin\/echo \{\{jsonpayload\}\} 'two words'$/m,
  );
  assert.match(stdout, /^ {2}GET {3}\/pets {2}cmdline → socket {2}1 s {2}\/bin\/true$/m);
  assert.match(stdout, /^this machine\n {2}Linux .*\d+ CPUs/m);
  assert.match(stdout, /^ {2}[+-] (no )?clone3/m);
  assert.match(stdout, /^no warnings$/m);
});

test("mistakes are told on standard error, one line each, as the file was named; exit code 2", async (t) => {
  const folder = folderWith(t, { "u.yaml": "port: -1\nprot: 1\npaths: {/a: {post: {cmd: x}}}\n" });
  const { code, stdout, stderr } = await urocket(folder, ["check", "-c", "u.yaml"]);
  assert.equal(code, 2);
  assert.equal(stdout, "");
  assert.equal(
    stderr,
    "u.yaml:1:7: expected `port` to be a port from 0 to 65535, got -1\n" +
      "u.yaml:2:1: expected a key of the configuration, got `prot`; did you mean `port`?\n",
  );
});

test("a command that can't be made safe is a mistake too", async (t) => {
  const cmd = JSON.stringify(["/bin/sh", "-c", "eval 'echo {{jsonpayload}}'"]);
  const folder = folderWith(t, { "u.yaml": `paths:\n  /a:\n    post: {cmd: ${cmd}}\n` });
  const { code, stderr } = await urocket(folder, ["check", "-c", "u.yaml"]);
  assert.equal(code, 2);
  assert.match(stderr, /^u\.yaml:3:5: expected /);
});

test("--json tells the same to programs", async (t) => {
  const folder = folderWith(t, { "right.yaml": RIGHT, "wrong.yaml": "port: -1\npaths: {/a: {post: {cmd: x}}}\n" });
  const right = await urocket(folder, ["check", "--json", "-c", "right.yaml"]);
  assert.equal(right.code, 0);
  const { ok, config, machine, warnings } = JSON.parse(right.stdout);
  assert.equal(ok, true);
  assert.equal(config.routes[0].inject.timeout, 2000);
  assert.equal(typeof machine.clone3, "boolean");
  assert.deepEqual(warnings, []);
  const wrong = await urocket(folder, ["check", "--json", "-c", "wrong.yaml"]);
  assert.equal(wrong.code, 2);
  assert.equal(wrong.stderr, "");
  assert.deepEqual(JSON.parse(wrong.stdout), {
    ok: false,
    mistakes: [
      { file: "wrong.yaml", line: 1, column: 7, message: "expected `port` to be a port from 0 to 65535, got -1" },
    ],
  });
});

test("what is missing around a right configuration is a warning at its place, with exit code 0", async (t) => {
  const folder = folderWith(t, {
    "u.yaml": `openapi: gone.yaml
socketpath: nowhere/u.sock
paths:
  /a:
    post: {cmd: no-such-program}
    get: {cmd: ./script.sh}
    put: {cmd: /bin/true, wd: gone}
    delete: {cmd: "sh -c 'true {{jsonpayload}}'", env: ["PATH=/gone"]}
`,
  });
  writeFileSync(join(folder, "script.sh"), "#!/no/such/shell\n", { mode: 0o755 });
  const { code, stdout } = await urocket(folder, ["check", "-c", "u.yaml"]);
  assert.equal(code, 0);
  const told = stdout.slice(stdout.indexOf("warnings (")).trimEnd().split("\n");
  const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  const expected = "expected `cmd` to name a program that can run, got none";
  assert.deepEqual(told, [
    "warnings (6)",
    `  u.yaml: ${folder}/gone.yaml: expected a file that can be read, got ENOENT: no such file or directory, open '${folder}/gone.yaml'`,
    `  u.yaml: expected \`socketpath\` to be in a folder that can be written to, got ENOENT: ${folder}/nowhere`,
    `  u.yaml:5:5: post /a: ${expected}: no program no-such-program in PATH=${path}`,
    `  u.yaml:6:5: get /a: ${expected}: ${folder}/script.sh is a script of /no/such/shell: there is no /no/such/shell`,
    `  u.yaml:7:5: put /a: expected \`wd\` to be a directory to run in, got ${folder}/gone: ENOENT`,
    `  u.yaml:8:5: delete /a: ${expected}: no program sh in PATH=/gone`,
  ]);
});

test("a socket path that something else has taken is a warning", async (t) => {
  const folder = folderWith(t, { "u.yaml": "socketpath: u.sock\npaths: {/a: {post: {cmd: /bin/true}}}\n" });
  mkdirSync(join(folder, "u.sock"));
  const { stdout } = await urocket(folder, ["check", "-c", "u.yaml"]);
  assert.match(stdout, /u\.yaml: expected `socketpath` to be free, got a file that is no socket: /);
});

test("what can't be printed is told in one line, with exit code 1", (t) => {
  const folder = folderWith(t, { "urocket-service.yaml": RIGHT });
  const full = openSync("/dev/full", "a");
  cleanUp(t, () => closeSync(full));
  const args = ["--import", import.meta.resolve("tsx"), join(import.meta.dirname, "../../lib/cli/main.ts"), "check"];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, stdio: ["ignore", full, "pipe"] });
  assert.equal(stderr.toString(), "urocket: expected standard output to take what is written, got ENOSPC\n");
  assert.equal(status, 1);
});

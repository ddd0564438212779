import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { cleanUp } from "../helpers/clean-up.ts";
import { startGateway } from "../helpers/gateway.ts";
import { runProgram } from "../helpers/program.ts";

/** A configuration file and the socket path that it names. */
function configuration(t: TestContext, text: (socket: string) => string) {
  const directory = mkdtempSync(join(tmpdir(), "urocket-"));
  cleanUp(t, () => rmSync(directory, { recursive: true }));
  const file = join(directory, "service.yaml");
  const socket = join(directory, "u.sock");
  writeFileSync(file, text(socket));
  return { file, socket };
}

test("--version prints the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
  assert.deepEqual(await runProgram("--version"), { code: 0, stdout: `${version}\n`, stderr: "" });
});

test("--help tells of the command and its option", async () => {
  const { code, stdout } = await runProgram("run", "--help");
  assert.equal(code, 0);
  assert.match(stdout, /--config <file>/);
});

test("a command line that can't be understood is told of on standard error, with exit code 2", async () => {
  for (const args of [[], ["run"], ["-c"], ["run", "--nonsense"], ["fly", "-c", "x"], ["-c", "x", "y"]]) {
    const { code, stdout, stderr } = await runProgram(...args);
    assert.equal(code, 2, args.join(" "));
    assert.equal(stdout, "");
    assert.match(stderr, /^error: /m);
  }
});

test("run is the default command", async (t) => {
  const { url } = await startGateway(t, "\n  /a:\n    post: {cmd: /bin/true}", { command: [] });
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
});

test("the start tells where the gateway listens and a line to try", async (t) => {
  const { log, url, socket } = await startGateway(
    t,
    "\n  /a:\n    get: {cmd: /bin/true}\n  /b:\n    post: {cmd: /bin/true}",
  );
  const { msg } = await log.find({ url });
  assert.equal(msg, `test listens on ${url}, answers are taken on ${socket}`);
  await log.find({ msg: `try: curl -X POST '${url}/b' -H 'content-type: application/json' -d '{"payload":"low"}'` });
});

test("a wrong configuration starts nothing: exit code 2 and one line for each mistake", async (t) => {
  const { file, socket } = configuration(
    t,
    (socket) =>
      `socketpath: ${socket}\nprot: 8080\npaths:\n  /a:\n    post:\n      cmd: /bin/true\n      timeout: -1\n`,
  );
  const { code, stdout, stderr } = await runProgram("run", "-c", file);
  assert.equal(code, 2);
  assert.equal(stdout, "");
  const lines = stderr.split("\n");
  assert.equal(lines.length, 3, stderr);
  assert.equal(lines[2], "");
  assert.match(lines[0] ?? "", new RegExp(`^${file}:2:1: expected .*did you mean \`port\``));
  assert.match(lines[1] ?? "", new RegExp(`^${file}:7:\\d+: expected .*, got -1$`));
  assert.equal(existsSync(socket), false);
});

test("a configuration file that is not there is a mistake like another", async () => {
  const { code, stdout, stderr } = await runProgram("-c", "/no/such/file.yaml");
  assert.equal(code, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /^\/no\/such\/file\.yaml:1:1: expected .*\n$/);
});

test("a command that can't take its payload safely is a mistake at its route", async (t) => {
  const cmd = JSON.stringify(["/bin/sh", "-c", "eval 'echo {{jsonpayload}}'"]);
  const { file } = configuration(
    t,
    (socket) => `socketpath: ${socket}\nport: 0\npaths:\n  /a:\n    post:\n      cmd: ${cmd}\n`,
  );
  const { code, stdout, stderr } = await runProgram("-c", file);
  assert.equal(code, 2);
  assert.equal(stdout, "");
  assert.match(stderr, new RegExp(`^${file}:5:\\d+: expected .*\n$`));
});

test("a port that is taken is one line and exit code 1, and nothing stays behind", async (t) => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  cleanUp(t, () => taken.close());
  const { port } = taken.address() as { port: number };
  const { file, socket } = configuration(t, (path) => {
    return `socketpath: ${path}\nport: ${port}\npaths:\n  /a:\n    post: {cmd: /bin/true}\n`;
  });
  const { code, stdout, stderr } = await runProgram("-c", file);
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, new RegExp(`^urocket: expected .*EADDRINUSE.*127\\.0\\.0\\.1:${port}\n$`));
  assert.equal(existsSync(socket), false);
});

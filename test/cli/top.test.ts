import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { cleanUp } from "../helpers/clean-up.ts";
import { curl, startCurl } from "../helpers/curl.ts";
import { SLEEP, words } from "../helpers/fixtures.ts";
import { freePort } from "../helpers/free-port.ts";
import { startGateway } from "../helpers/gateway.ts";
import { runProgram } from "../helpers/program.ts";
import { until } from "../helpers/until.ts";
import { TopTerminal } from "./top-terminal.ts";
import { folderWith, urocket } from "./urocket.ts";

const ROUTES = `
  /sleep:
    get: {cmd: ${SLEEP}, timeout: 5m}
  /fail:
    get: {cmd: ${words("/bin/sh", "-c", "printf 'first\\nlast \\033[2Jwords' >&2; exit 3")}, onexit: error, timeout: 1m}`;

const ESCAPE = "\x1b";
const BOLD = "\x1b[1m";
const RESTORED = "\x1b[?7h\x1b[?25h\x1b[?1049l";

/** A gateway with an admin port, whose token its configuration names. */
async function start(t: TestContext, port?: number) {
  const admin = port ?? (await freePort());
  const gateway = await startGateway(t, ROUTES, {
    top: `admin: {port: ${admin}, tokenfile: token}`,
    files: { token: "a-token-that-nobody-guesses\n" },
  });
  return { ...gateway, config: join(gateway.directory, "service.yaml"), admin: `http://127.0.0.1:${admin}` };
}

test("one frame tells the state, what runs, the traffic by route and what failed, with the end of its standard error", async (t) => {
  const { url, config, log } = await start(t);
  const { child } = startCurl(`${url}/sleep`);
  await log.stored("/sleep");
  await curl(`${url}/fail`);
  const { code, stdout, stderr } = await runProgram("top", "-c", config);
  child.kill();
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^urocket \d+\.\d+\.\d+ {2}up [\d.]+m?s {2}pid \d+ /);
  assert.match(stdout, /^in flight 1 {2}waiting 0 {2}running 1 {2}requests 1 {2}failures 1$/m);
  assert.match(stdout, /^ {2}\d+ +GET \/sleep /m);
  assert.match(stdout, /^ {2}GET \/fail +[\d.]+ +1 +1 /m);
  assert.match(stdout, /^ {2}\S+ ago +502 +GET \/fail +process-failed: exit code 3: last \\x1b\[2Jwords$/m);
  assert.equal(stdout.includes(ESCAPE), false);
});

test("for programs there is the whole of it as JSON", async (t) => {
  const { config, admin } = await start(t);
  for (const where of [
    ["-c", config],
    ["--url", `${admin}/`],
  ]) {
    const { code, stdout } = await runProgram("top", "--json", ...where);
    const { routes, processes } = JSON.parse(stdout);
    assert.deepEqual([code, routes.length, processes], [0, 2, []]);
  }
});

test("what it can't ask is told at once, with an exit code", async (t) => {
  const folder = folderWith(t, { "a.yaml": "paths: {/a: {get: {cmd: /bin/true}}}\n" });
  const nobody = `http://127.0.0.1:${await freePort()}`;
  const absent = await urocket(folder, ["top", "--url", nobody]);
  assert.deepEqual([absent.code, absent.stdout], [1, ""]);
  assert.match(
    absent.stderr,
    /^urocket: expected the status of a gateway at http:\/\/127\.0\.0\.1:\d+, got .*ECONNREFUSED/,
  );
  const json = await urocket(folder, ["top", "--json", "--url", nobody]);
  assert.deepEqual([json.code, JSON.parse(json.stdout).error.code], [1, "admin-unavailable"]);
  const without = await urocket(folder, ["top", "-c", "a.yaml"]);
  assert.deepEqual([without.code, without.stdout], [2, ""]);
  assert.match(without.stderr, /expected `admin` with a port in a\.yaml, got none: .*--url/);
  for (const args of [["--url", "ftp://x"], ["--url", nobody, "-c", "a.yaml"], []]) {
    assert.equal((await urocket(folder, ["top", ...args])).code, 2, args.join(" "));
  }
});

test("a server that is no gateway, or says things to a terminal, is told of in plain characters", async (t) => {
  const server = createServer((_, response) => {
    response.writeHead(503).end(JSON.stringify({ code: "a\x1b[2Jb", detail: "c" }));
  }).listen(0, "127.0.0.1");
  cleanUp(t, () => server.close());
  await once(server, "listening");
  const port = (server.address() as AddressInfo | null)?.port;
  const { code, stderr } = await urocket(folderWith(t), ["top", "--url", `http://127.0.0.1:${port}`]);
  assert.equal(code, 1);
  assert.match(stderr, /got 503 a\\x1b\[2Jb: c\n$/);
});

test("an answer that is no status is told of, whatever it is", async (t) => {
  const answers = ["{}", "null", "<p>", '{"seconds":[],"processes":1}'];
  const server = createServer((_, response) => void response.end(answers.shift())).listen(0, "127.0.0.1");
  cleanUp(t, () => server.close());
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const _ of [...answers]) {
    const { code, stdout, stderr } = await urocket(folderWith(t), ["top", "--url", url]);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^urocket: expected the status of a gateway at .*, got something else: is it a urocket/);
  }
});

test("in a terminal a process is chosen and killed, after a yes; q gives the terminal back", async (t) => {
  const { url, config } = await start(t);
  const { done } = startCurl(`${url}/sleep`);
  const terminal = new TopTerminal(t, ["-c", config]);
  await terminal.sees(/^ {2}\d+ +GET \/sleep /);
  terminal.keys("x");
  await terminal.sees(/^select a process first/);
  terminal.keys("\x1b[B");
  await terminal.sees(/^> \d+ +GET \/sleep /);
  terminal.keys("x");
  await terminal.sees(/^kill process \d+ of GET \/sleep\? y\/n$/);
  terminal.keys("n");
  await terminal.sees(/^not killed$/);
  terminal.keys("x");
  await terminal.sees(/y\/n$/);
  terminal.keys("y");
  assert.equal((await done).status, 502);
  await terminal.sees(/ ago +502 +GET \/sleep /);
  terminal.keys("?");
  await terminal.sees(/Ctrl-C +quit/);
  terminal.keys(" ");
  await terminal.sees(/^in flight 0 /);
  terminal.keys("q");
  assert.deepEqual(await terminal.left(), { ended: 0, cooked: true });
  assert.ok(terminal.output.endsWith(RESTORED), JSON.stringify(terminal.output.slice(-60)));
});

test("without a token it shows everything, and says what killing needs", async (t) => {
  const { url, admin } = await start(t);
  const { child } = startCurl(`${url}/sleep`);
  const terminal = new TopTerminal(t, ["--url", admin]);
  await terminal.sees(/GET \/sleep +[\d.]+m?s /);
  terminal.keys("j");
  await terminal.sees(/^> /);
  terminal.keys("xy");
  await terminal.sees(/^to kill, the token of the admin port is needed: name its file with --token-file/);
  child.kill();
  terminal.keys("\x03");
  assert.deepEqual(await terminal.left(), { ended: 0, cooked: true });
});

test("it fits the terminal and follows it, however narrow", async (t) => {
  const { config } = await start(t);
  const terminal = new TopTerminal(t, ["-c", config]);
  await terminal.sees(/^in flight/);
  for (const [rows, columns] of [
    [12, 30],
    [3, 7],
    [40, 120],
  ] as const) {
    terminal.resize(rows, columns);
    await until(`${rows} lines of at most ${columns}`, () => {
      const { screen } = terminal;
      return screen.length === rows && screen.every((line) => line.length <= columns);
    });
    assert.ok(terminal.screen[0]?.startsWith("urocke"));
  }
  terminal.signal("SIGTERM");
  assert.deepEqual(await terminal.left(), { ended: 0, cooked: true });
});

test("colours are for terminals whose owner wants them", async (t) => {
  const { config } = await start(t);
  for (const [env, coloured] of [
    [{}, true],
    [{ CI: "true" }, true],
    [{ NO_COLOR: "1" }, false],
  ] as const) {
    const terminal = new TopTerminal(t, ["-c", config], env);
    await terminal.sees(/^in flight/);
    assert.equal(terminal.output.includes(BOLD), coloured);
    terminal.signal("SIGINT");
    assert.deepEqual(await terminal.left(), { ended: 0, cooked: true });
    assert.ok(terminal.output.endsWith(RESTORED));
  }
});

test("a gateway that ends is told of and found again when it is back", async (t) => {
  const first = await start(t);
  const terminal = new TopTerminal(t, ["-c", first.config]);
  await terminal.sees(new RegExp(`pid ${first.pid} `));
  first.signal("SIGTERM");
  await terminal.sees(/^trying again: /);
  await first.exited;
  const second = await start(t, Number(new URL(first.admin).port));
  await terminal.sees(new RegExp(`pid ${second.pid} `));
  assert.equal(
    terminal.screen.some((line) => line.startsWith("trying again")),
    false,
  );
  terminal.keys("q");
  assert.equal((await terminal.left()).ended, 0);
});

test("a terminal that is closed ends it", async (t) => {
  const { config } = await start(t);
  const terminal = new TopTerminal(t, ["-c", config]);
  await terminal.sees(/^in flight/);
  terminal.hangUp();
  const SIGHUP = -1;
  assert.equal((await terminal.left()).ended, SIGHUP);
});

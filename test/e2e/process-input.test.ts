import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { curl } from "../helpers/curl.ts";
import { TELL, type Told, words } from "../helpers/fixtures.ts";
import { startGateway } from "../helpers/gateway.ts";

const tell = (...more: string[]): string => words(...TELL, ...more);

async function told(...args: string[]): Promise<Told> {
  const { status, text } = await curl(...args);
  assert.equal(status, 200, text);
  return JSON.parse(text);
}

test("the process gets REQUEST_ID, URIPATH, UROCKET_SOCKET and the env list, and nothing of the gateway's own", async (t) => {
  const { url, socket } = await startGateway(
    t,
    `
  /get/pets:
    post:
      inject:
        cmd: ${tell()}
        timeout: 20s
        env: [MYENV=CI, "PAYLOAD=<{{jsonpayload}}>"]`,
  );
  const { status, headers, text } = await curl(`${url}/get/pets?x=1`, "-d", '{"a":1}');
  assert.equal(status, 200, text);
  const { env } = JSON.parse(text) as Told;
  assert.equal(env.REQUEST_ID, headers["urocket-request-id"]);
  assert.equal(env.URIPATH, "/get/pets");
  assert.equal(env.UROCKET_SOCKET, socket);
  assert.equal(env.MYENV, "CI");
  assert.equal(env.PAYLOAD, '<{"a":1}>');
  assert.equal(env.HOME, undefined);
  assert.equal(env.NODE_OPTIONS, undefined);
});

test("a string cmd is split into words before placeholders are filled: a payload stays inside one argument", async (t) => {
  const { url } = await startGateway(
    t,
    `
  /a:
    post:
      inject: {cmd: '${TELL.join(" ")} --in={{jsonpayload}}; "two words" {{jsonpayload}}', timeout: 20s}`,
  );
  for (const payload of [`a b "c" 'd' $HOME \`id\` ; | & > \\ \n\t é`, "--flag", "{{request_id}}"]) {
    const { argv } = await told(`${url}/a`, "--data-binary", payload);
    assert.deepEqual(argv, [`--in=${payload};`, "two words", payload]);
  }
});

test("in a cmd without a placeholder the payload is the last argument", async (t) => {
  const { url } = await startGateway(t, `\n  /a:\n    post:\n      inject: {cmd: ${tell("first")}, timeout: 20s}`);
  assert.deepEqual((await told(`${url}/a`, "-d", "x y")).argv, ["first", "x y"]);
});

test("the process runs in the directory of wd", async (t) => {
  const { url } = await startGateway(t, `\n  /a:\n    post:\n      inject: {cmd: ${tell()}, wd: /usr, timeout: 20s}`);
  assert.equal((await told(`${url}/a`, "-d", "x")).cwd, "/usr");
});

test("a payload that no argument can hold is refused before a process is started", async (t) => {
  const route = `\n  /a:\n    post:\n      inject: {cmd: ${tell()}, timeout: 20s}`;
  const { url, log, directory } = await startGateway(t, route);
  const send = (name: string, payload: Buffer) => {
    writeFileSync(join(directory, name), payload);
    return curl(`${url}/a`, "-H", "content-type: text/plain", "--data-binary", `@${join(directory, name)}`);
  };
  const nul = await send("nul", Buffer.from("a\0b"));
  assert.equal(nul.status, 400);
  assert.equal(JSON.parse(nul.text).code, "payload-not-representable");
  const large = await send("large", Buffer.alloc(200_000, "x"));
  assert.equal(large.status, 413);
  assert.equal(JSON.parse(large.text).code, "payload-too-large");
  await log.find({ how: "payload-too-large" });
  assert.equal(
    log.lines.some(({ child_pid }) => child_pid !== undefined),
    false,
  );
});

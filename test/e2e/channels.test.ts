import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { curl } from "../helpers/curl.ts";
import { words } from "../helpers/fixtures.ts";
import { startGateway } from "../helpers/gateway.ts";

/** Each prints the payload that it got, and nothing else. */
const PRINT: Readonly<Record<string, string>> = {
  cmdline: words("/usr/bin/printf", "%s", "{{jsonpayload}}"),
  env: words("/bin/sh", "-c", 'printf %s "$JSONPAYLOAD"'),
  stdin: words("/bin/cat"),
  file: words("/bin/cat", "{{payloadfile}}"),
  cgi: words("/bin/sh", "-c", "printf 'Content-Type: text/plain\\n\\n'; cat"),
};

const route = (name: string, more = "") =>
  `{cmd: ${PRINT[name]}, channel: ${name}, timeout: 20s${name === "cgi" ? "" : ", reply: stdout"}${more}}`;

test("a payload reaches its process by every channel, whatever it is made of", async (t) => {
  const paths = Object.keys(PRINT).map((name) => `  /${name}: {post: ${route(name)}}`);
  const { url, directory } = await startGateway(t, paths.join("\n"));
  const send = async (name: string, payload: Buffer) => {
    writeFileSync(join(directory, "payload"), payload);
    const { status, body } = await curl(`${url}/${name}`, "--data-binary", `@${join(directory, "payload")}`);
    assert.equal(status, 200, `${name}: ${body.subarray(0, 300)}`);
    return body;
  };
  for (const name of Object.keys(PRINT)) {
    const payload = Buffer.from(`{"a":"'\\"$(id)\`id\`;|&\\n {{request_id}} é\u{1f680}"}`);
    assert.ok((await send(name, payload)).equals(payload), name);
  }
  const bytes = randomBytes(1_000_000);
  for (const name of ["stdin", "file", "cgi"]) assert.ok((await send(name, bytes)).equals(bytes), name);
});

test("a request without a body carries its query and path parameters, and so does any with urlparammode", async (t) => {
  const { url } = await startGateway(
    t,
    `  /pets/{petId}: {get: ${route("cmdline")}, post: ${route("stdin", ", urlparammode: true")}}\n`,
  );
  const expected = { petId: "a b", tag: ["x", "y"] };
  const target = `${url}/pets/a%20b?tag=x&tag=y`;
  assert.deepEqual(JSON.parse((await curl(target)).text), expected);
  assert.deepEqual(JSON.parse((await curl(target, "-d", "ignored")).text), expected);
});

test("the encoding of a route says in what form the payload comes", async (t) => {
  const encoded = (name: string) => `  /${name}: {post: ${route("cmdline", `, encoding: ${name}`)}}`;
  const { url } = await startGateway(t, ["json", "form", "text", "base64"].map(encoded).join("\n"));
  const send = async (name: string) =>
    (await curl(`${url}/${name}`, "-H", "content-type: application/json", "-d", '{"a":"b c"}')).text;
  assert.equal(await send("json"), '{"a":"b c"}');
  assert.equal(await send("form"), "a=b+c");
  assert.equal(await send("text"), '{"a":"b c"}');
  assert.equal(await send("base64"), Buffer.from('{"a":"b c"}').toString("base64"));
});

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { certificate } from "../helpers/certificate.ts";
import { curl } from "../helpers/curl.ts";
import { ANSWER, words } from "../helpers/fixtures.ts";
import { startGateway } from "../helpers/gateway.ts";
import { runProgram } from "../helpers/program.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

test("with tls the gateway answers over HTTPS, and processes answer it as before", async (t) => {
  const { cert, key } = certificate(t);
  const paths = `\n  /a:\n    post: {cmd: ${words(...ANSWER)}, timeout: 20s}`;
  const { url } = await startGateway(t, paths, { top: `tls: {cert: ${cert}, key: ${key}}` });
  assert.match(url, /^https:\/\/127\.0\.0\.1:\d+$/);
  const { status, text } = await curl("--cacert", cert, `${url}/a`, "-d", "hello");
  assert.deepEqual([status, text], [200, "hello"]);
});

test("a certificate and the key of another start nothing: exit code 2 and one line", async (t) => {
  const [one, other] = [certificate(t), certificate(t)];
  const directory = temporaryDirectory(t);
  const file = join(directory, "service.yaml");
  const tls = `tls: {cert: ${one.cert}, key: ${other.key}}`;
  writeFileSync(file, `port: 0\nsocketpath: u.sock\n${tls}\npaths: {/a: {post: {cmd: /bin/true}}}`);
  const { code, stderr } = await runProgram("run", "-c", file);
  assert.equal(code, 2);
  const expected = `expected \`tls.key\` to be the key of ${one.cert}, got that of another certificate: ${other.key}`;
  assert.equal(stderr, `${file}:3:1: ${expected}\n`);
});

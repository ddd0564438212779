import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { text } from "../../lib/core/reply.ts";
import { HttpStage, type HttpStageOptions } from "../../lib/stages/index.ts";
import { certificate } from "../helpers/certificate.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { curl } from "../helpers/curl.ts";

const GATEWAY: HttpStageOptions["gateway"] = {
  handle: ({ remoteAddress, body }, caller) => caller.respond(text(200, `${remoteAddress} sent ${body.length} bytes`)),
  abandon: () => {},
};

async function openFront(t: TestContext): Promise<{ cert: string; port: number }> {
  const tls = certificate(t);
  const stage = new HttpStage({ gateway: GATEWAY, bodyLimit: 1_000_000, tls, warn: assert.fail });
  const port = await stage.listen("127.0.0.1", 0);
  cleanUp(t, () => stage.close());
  return { cert: tls.cert, port };
}

test("with a certificate and its key the front speaks TLS", async (t) => {
  const { cert, port } = await openFront(t);
  for (const host of ["localhost", "127.0.0.1"]) {
    const { status, text } = await curl("--cacert", cert, "-4", `https://${host}:${port}/`, "-d", "x".repeat(70_000));
    assert.deepEqual([status, text], [200, "127.0.0.1 sent 70000 bytes"]);
  }
});

test("a caller that does not know the certificate is not served, and harms nobody", async (t) => {
  const { cert, port } = await openFront(t);
  const UNTRUSTED = 60;
  assert.equal((await curl(`https://127.0.0.1:${port}/`)).exitCode, UNTRUSTED);
  assert.notEqual((await curl(`http://127.0.0.1:${port}/`)).status, 200);
  assert.equal((await curl("--cacert", cert, `https://127.0.0.1:${port}/`)).status, 200);
});

test("protocols before TLS 1.2 are refused", async (t) => {
  const { cert, port } = await openFront(t);
  const old = ["--tlsv1.0", "--tls-max", "1.1", "--ciphers", "DEFAULT:@SECLEVEL=0"];
  const HANDSHAKE_FAILED = 35;
  assert.equal((await curl("--cacert", cert, ...old, `https://127.0.0.1:${port}/`)).exitCode, HANDSHAKE_FAILED);
  for (const version of ["1.2", "1.3"]) {
    const url = `https://127.0.0.1:${port}/`;
    assert.equal((await curl("--cacert", cert, `--tlsv${version}`, "--tls-max", version, url)).status, 200);
  }
});

test("files that can't serve are refused before anything listens", (t) => {
  const { cert } = certificate(t);
  assert.throws(() => new HttpStage({ gateway: GATEWAY, bodyLimit: 0, tls: { cert, key: `${cert}.absent` } }), {
    code: "config-invalid",
  });
});

import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { checkTls } from "../../lib/stages/tls.ts";
import { certificate } from "../helpers/certificate.ts";

test("a certificate and its key pass without a word", (t) => {
  checkTls(certificate(t), assert.fail);
});

test("a key that belongs to another certificate is refused", (t) => {
  const [one, other] = [certificate(t), certificate(t)];
  assert.throws(() => checkTls({ cert: one.cert, key: other.key }, assert.fail), {
    code: "config-invalid",
    message: `expected \`tls.key\` to be the key of ${one.cert}, got that of another certificate: ${other.key}`,
  });
});

test("a file that is absent or not what it should be is refused by name", (t) => {
  const { cert, key } = certificate(t);
  const der = `${cert}.der`;
  const broken = `${cert}.broken`;
  const encrypted = `${key}.encrypted`;
  writeFileSync(der, new X509Certificate(readFileSync(cert)).raw);
  writeFileSync(broken, readFileSync(cert, "utf8").replace(/[A-Za-z0-9]{20}/, ""));
  writeFileSync(encrypted, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
  const cases: [files: { cert: string; key: string }, message: string][] = [
    [{ cert: `${cert}.absent`, key }, `\`tls.cert\` to be a file that can be read, got ENOENT: ${cert}.absent`],
    [{ cert, key: `${key}.absent` }, `\`tls.key\` to be a file that can be read, got ENOENT: ${key}.absent`],
    [{ cert: key, key }, `\`tls.cert\` to be a certificate in PEM, got something else: ${key}`],
    [{ cert: der, key }, `\`tls.cert\` to be a certificate in PEM, got something else: ${der}`],
    [{ cert: broken, key }, `\`tls.cert\` to be a certificate in PEM, got a broken one: ${broken}`],
    [{ cert, key: cert }, `\`tls.key\` to be a private key in PEM without a passphrase, got something else: ${cert}`],
    [
      { cert, key: encrypted },
      `\`tls.key\` to be a private key in PEM without a passphrase, got an encrypted one: ${encrypted}`,
    ],
  ];
  for (const [files, message] of cases) {
    assert.throws(() => checkTls(files, assert.fail), { code: "config-invalid", message: `expected ${message}` });
  }
});

test("a key that others can read is used, with a warning", (t) => {
  const files = certificate(t);
  chmodSync(files.key, 0o604);
  const warnings: string[] = [];
  checkTls(files, (message) => warnings.push(message));
  assert.deepEqual(warnings, [
    `expected the key file to be readable by its owner and group only, got mode 0604: ${files.key}`,
  ]);
});

test("a certificate that is expired, or not yet valid, is used, with a warning", (t) => {
  const files = certificate(t);
  for (const now of [Date.now() + 1000 * 86_400_000, Date.now() - 86_400_000]) {
    t.mock.timers.enable({ apis: ["Date"], now });
    const warnings: string[] = [];
    checkTls(files, (message) => warnings.push(message));
    t.mock.timers.reset();
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? "", /^expected `tls.cert` to be valid now, got one that is from .* to .*: \//);
  }
});

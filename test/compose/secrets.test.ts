import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { readSecret, type SecretSource } from "../../lib/compose/secrets.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

function fileWith(t: TestContext, content: string | Buffer, mode = 0o600): SecretSource {
  const file = join(temporaryDirectory(t), "secret");
  writeFileSync(file, content);
  chmodSync(file, mode);
  return { file };
}

function secretOf(source: SecretSource, own: Record<string, string> = {}): string {
  return readSecret(source, { own, warn: assert.fail }).toString("latin1");
}

for (const [content, secret] of [
  ["s3cret", "s3cret"],
  ["s3cret\n", "s3cret"],
  ["s3cret\r\n", "s3cret"],
  ["s3cret\n\n", "s3cret\n"],
  [" s3cret \r", " s3cret \r"],
] as const) {
  test(`a file with ${JSON.stringify(content)} holds ${JSON.stringify(secret)}`, (t) => {
    assert.equal(secretOf(fileWith(t, content)), secret);
  });
}

test("a secret may be any bytes", (t) => {
  assert.equal(secretOf(fileWith(t, Buffer.from([0, 255, 10]))), "\0\xff");
});

test("a variable holds its secret as it is", () => {
  assert.equal(secretOf({ env: "TOKEN" }, { TOKEN: "s3cret " }), "s3cret ");
});

test("a secret that is absent or empty is an error that says where it was expected", (t) => {
  const absent = { file: join(temporaryDirectory(t), "absent") };
  const empty = fileWith(t, "\n") as { file: string };
  const cases: [source: SecretSource, own: Record<string, string>, message: string][] = [
    [absent, {}, `expected the secret file to be readable, got ENOENT: ${absent.file}`],
    [empty, {}, `expected the secret file to hold a secret, got an empty one: ${empty.file}`],
    [{ env: "TOKEN" }, {}, "expected the variable TOKEN to hold a secret, got none"],
    [{ env: "TOKEN" }, { TOKEN: "" }, "expected the variable TOKEN to hold a secret, got an empty one"],
  ];
  for (const [source, own, message] of cases) {
    assert.throws(() => secretOf(source, own), { code: "config-invalid", message });
  }
});

for (const mode of [0o400, 0o440, 0o600, 0o640, 0o750]) {
  test(`mode ${mode.toString(8)} of a secret file is as it should be`, (t) => {
    assert.equal(secretOf(fileWith(t, "s3cret", mode)), "s3cret");
  });
}

for (const mode of [0o644, 0o660, 0o602, 0o777]) {
  test(`mode ${mode.toString(8)} of a secret file is warned about, without its content`, (t) => {
    const warnings: string[] = [];
    readSecret(fileWith(t, "s3cret", mode), { own: {}, warn: (text) => warnings.push(text) });
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? "", new RegExp(`by its owner and group only, got mode 0${mode.toString(8)}: /`));
    assert.doesNotMatch(warnings[0] ?? "", /s3cret/);
  });
}

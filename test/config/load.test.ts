import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { ConfigError, loadConfig } from "../../lib/config/index.ts";

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "urocket-config-"));
});

after(() => {
  rmSync(folder, { recursive: true });
});

test("relative paths in a file start from its folder", () => {
  const file = join(folder, "u.yaml");
  writeFileSync(file, "\ufeffopenapi: oas.yaml\npaths: {/a: {post: {cmd: ./x, wd: sub}}}\n");
  const config = loadConfig(relative(process.cwd(), file));
  assert.equal(config.file, file);
  assert.equal(config.openapi, join(folder, "oas.yaml"));
  assert.equal(config.routes[0]?.inject.wd, join(folder, "sub"));
  assert.deepEqual(config.routes[0]?.inject.cmd, ["./x"]);
});

test("mistakes name the file as it was asked for", () => {
  const file = join(folder, "wrong.yaml");
  writeFileSync(file, "\ufeffport: -1\npaths: {/a: {post: {cmd: x}}}\n");
  assert.deepEqual(failure(file).message, `${file}:1:7: expected \`port\` to be a port from 0 to 65535, got -1`);
});

test("a file that does not exist is a mistake with its cause", () => {
  const file = join(folder, "none.yaml");
  const error = failure(file);
  assert.ok(error.message.startsWith(`${file}:1:1: expected a file that can be read, got ENOENT: `), error.message);
  assert.equal((error.cause as NodeJS.ErrnoException).code, "ENOENT");
});

test("a folder is a mistake", () => {
  assert.match(failure(folder).message, /:1:1: expected a file that can be read, got EISDIR: /);
});

test("bytes that are not UTF-8 are a mistake", () => {
  const file = join(folder, "latin1.yaml");
  writeFileSync(file, Buffer.from("servicename: caff\xe8\n", "latin1"));
  assert.equal(failure(file).message, `${file}:1:1: expected UTF-8 text, got other bytes`);
});

function failure(file: string): ConfigError {
  try {
    loadConfig(file);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error;
  }
  assert.fail("the file was taken");
}

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { loadConfig } from "../../lib/config/index.ts";
import { VERBS } from "../../lib/core/message.ts";

const FOLDER = join(import.meta.dirname, "../../examples");
const config = loadConfig(join(FOLDER, "urocket-service.yaml"));

test("the example listens where its comments say and shows request ids", () => {
  assert.equal(config.host, "127.0.0.1");
  assert.equal(config.port, 8080);
  assert.equal(config.socketPath, "/tmp/urocket.sock");
  assert.equal(config.log.level, "debug");
});

test("the last route of the example waits for an answer by hand", () => {
  const pets = config.routes.at(-1);
  assert.equal(`${pets?.verb} ${pets?.path}`, "post /get/pets");
  assert.deepEqual(pets?.inject.cmd, ["/usr/bin/echo", "{{jsonpayload}}"]);
  assert.equal(pets?.onExit, "wait");
  assert.equal(pets?.replyTimeout, 40_000);
});

test("the other routes of the example run one program for each language, so that what is tried first answers at once", () => {
  assert.deepEqual(
    config.routes.slice(0, -1).map(({ verb, path, inject }) => [verb, path, join(inject.wd, inject.cmd.join(" "))]),
    [
      ["post", "/examples/sh", join(FOLDER, "shell/answer.sh")],
      ["post", "/examples/python", join(FOLDER, "python/answer.py")],
      ["post", "/examples/php", join(FOLDER, "php/answer.php")],
      ["post", "/examples/node", join(FOLDER, "node/answer.mjs")],
      ["post", "/examples/c", join(FOLDER, "c/answer-c")],
    ],
  );
});

test("the OpenAPI document of the example describes exactly its routes", () => {
  assert.ok(config.openapi !== undefined);
  assert.equal(dirname(config.openapi), FOLDER);
  const document = parse(readFileSync(config.openapi, "utf8"));
  assert.match(document.openapi, /^3\.0\.\d$/);
  const operations = Object.entries<object>(document.paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((key) => (VERBS as readonly string[]).includes(key))
      .map((verb) => `${verb} ${path}`),
  );
  assert.deepEqual(operations.sort(), config.routes.map(({ verb, path }) => `${verb} ${path}`).sort());
});

test("every reference in the OpenAPI document leads somewhere", () => {
  const document = parse(readFileSync(join(FOLDER, "pets-oas.yaml"), "utf8"));
  const references = JSON.stringify(document).match(/"#\/[^"]*"/g) ?? [];
  assert.ok(references.length > 0);
  for (const reference of references) {
    const tokens: string[] = JSON.parse(reference).split("/").slice(1);
    assert.ok(
      tokens.reduce((value, token) => value?.[token], document),
      reference,
    );
  }
});

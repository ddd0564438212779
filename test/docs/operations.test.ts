import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseEnvFile } from "../../lib/compose/env-file.ts";
import { parseConfig } from "../../lib/config/index.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

/** The fenced blocks of a page in one language, in order. */
function blocks(page: string, language: string): string[] {
  const text = readFileSync(join(import.meta.dirname, "../../docs", page), "utf8");
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, name]) => name === language)
    .map(([, , body = ""]) => body);
}

test("systemd has nothing to say against the units", (t) => {
  const directory = temporaryDirectory(t);
  const [service = "", bounds = "", socket = ""] = blocks("operations.md", "ini");
  assert.match(service, /^\[Service\]$/m);
  // Its newest line is unknown to the systemd of Debian 12.
  assert.match(bounds, /^Delegate=/m);
  assert.match(socket, /^\[Socket\]$/m);
  // The program need not be installed here; that the command can be run is part of the check.
  const installed = service.replace("/usr/bin/urocket", process.execPath);
  const files = [join(directory, "urocket.service"), join(directory, "urocket.socket")];
  for (const [index, text] of [installed, socket].entries()) writeFileSync(String(files[index]), text);
  const { status, stderr } = spawnSync("systemd-analyze", ["verify", ...files], { encoding: "utf8" });
  assert.deepEqual([status, stderr], [0, ""]);
});

for (const page of ["operations.md", "security.md"]) {
  test(`the configurations of ${page} are understood`, () => {
    const found = blocks(page, "yaml");
    assert.ok(found.length > 0);
    for (const [index, text] of found.entries()) {
      const whole = /^paths:/m.test(text) ? text : `${text}\npaths: {/a: {get: {cmd: /bin/true}}}`;
      assert.ok(parseConfig(whole, `${page}-${index}.yaml`).routes.length > 0);
    }
  });
}

test("the environment file of operations.md means what its comments say", () => {
  const text = blocks("operations.md", "sh").find((block) => block.includes("DB_HOST")) ?? "";
  const { variables, mistakes } = parseEnvFile(text, "a.env");
  assert.deepEqual(mistakes, []);
  assert.deepEqual(Object.fromEntries(variables), {
    DB_HOST: "db.internal",
    GREETING: "hello world",
    PATTERN: "in single quotes $nothing \\is special",
    BANNER: 'in double quotes "\\" escapes, and \n is a new line',
  });
});

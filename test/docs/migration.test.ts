import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { parseConfig } from "../../lib/config/index.ts";
import { blocksOf } from "../helpers/fences.ts";

test("the hook of migration.md is the route that follows it", () => {
  const [hooks = ""] = blocksOf("docs/migration.md", "json", 1);
  const [route = ""] = blocksOf("docs/migration.md", "yaml", 3);
  const [hook] = JSON.parse(hooks);
  const [{ path, verb, inject, reply, auth } = {}] = parseConfig(route, "migration.yaml").routes;
  assert.equal(path, join("/hooks", hook.id));
  assert.deepEqual([verb?.toUpperCase()], hook["http-methods"]);
  const [{ name }] = hook["pass-arguments-to-command"];
  assert.deepEqual(inject?.cmd, [hook["execute-command"], `{{query.${name}}}`]);
  assert.equal(inject?.wd, hook["command-working-directory"]);
  assert.equal(reply, "stdout");
  assert.equal(auth?.type, "hmac");
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { parseConfig } from "../../lib/config/index.ts";
import { fencesOf } from "../helpers/fences.ts";

const fences = fencesOf("docs/migration.md");

test("the hook of migration.md is the route that follows it", () => {
  const [hooks, route] = [fences.find(({ language }) => language === "json"), fences[1]];
  const [hook] = JSON.parse(hooks?.text ?? "");
  const [{ path, verb, inject, reply, auth } = {}] = parseConfig(route?.text ?? "", "migration.yaml").routes;
  assert.equal(path, join("/hooks", hook.id));
  assert.deepEqual([verb?.toUpperCase()], hook["http-methods"]);
  const [{ name }] = hook["pass-arguments-to-command"];
  assert.deepEqual(inject?.cmd, [hook["execute-command"], `{{query.${name}}}`]);
  assert.equal(inject?.wd, hook["command-working-directory"]);
  assert.equal(reply, "stdout");
  assert.equal(auth?.type, "hmac");
});

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { editorSchema } from "../../lib/config/index.ts";
import { folderWith, urocket } from "./urocket.ts";

test("schema prints the JSON Schema of the configuration, on one line for programs", async (t) => {
  const folder = folderWith(t);
  const { code, stdout } = await urocket(folder, ["schema"]);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), JSON.parse(JSON.stringify(editorSchema())));
  assert.ok(stdout.split("\n").length > 100);
  const line = await urocket(folder, ["schema", "--json"]);
  assert.equal(line.stdout.trimEnd().split("\n").length, 1);
});

test("a reader that wants no more is no failure", async () => {
  const main = join(import.meta.dirname, "../../lib/cli/main.ts");
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), main, "schema"]);
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  // Closed before anything can be written.
  child.stdout.destroy();
  const code = await new Promise((resolve) => child.once("close", resolve));
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
});

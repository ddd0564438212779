import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { builtProgram } from "../helpers/built.ts";

const ROOT = join(import.meta.dirname, "../..");
const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const NAMES = Object.keys(exports)
  .filter((name) => name !== "./package.json")
  .map((name) => `urocket${name.slice(1)}`);

/** What importing a module has left: packages of CommonJS and addons that were loaded, and the names that it exports. */
function loaded(name: string): { readonly packages: string[]; readonly addons: string[]; readonly names: string[] } {
  const program = `
    const names = Object.keys(await import(${JSON.stringify(name)}));
    const { createRequire } = await import("node:module");
    const files = Object.keys(createRequire(import.meta.url).cache);
    const packages = [...new Set(files.map((file) => /node_modules.((?:@[^/]*.)?[^/]*)/.exec(file)?.[1]))];
    const addons = process.report.getReport().sharedObjects.filter((file) => file.endsWith(".node"));
    console.log(JSON.stringify({ packages, addons, names }));`;
  return JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: ROOT, encoding: "utf8" }),
  );
}

for (const name of NAMES) {
  test(`importing ${name} loads neither the addon nor the server`, () => {
    builtProgram();
    const { packages, addons, names } = loaded(name);
    assert.ok(names.length > 0);
    assert.deepEqual(addons, []);
    for (const heavy of ["hyper-express", "uWebSockets.js"]) assert.ok(!packages.includes(heavy), heavy);
  });

  test(`${name} can be required by CommonJS, and has the same exports`, () => {
    builtProgram();
    const program = `console.log(JSON.stringify(Object.keys(require(${JSON.stringify(name)}))))`;
    const printed = execFileSync(process.execPath, ["--input-type=commonjs", "-e", program], {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
    });
    assert.deepEqual(JSON.parse(printed).sort(), loaded(name).names.sort());
  });
}

test("errors of every library are of one class", async () => {
  const [config, gateway, openapi, process] = await Promise.all([
    import("../../lib/config/index.ts"),
    import("../../lib/library/index.ts"),
    import("../../lib/openapi/index.ts"),
    import("../../lib/process/index.ts"),
  ]);
  assert.equal(config.UrocketError, gateway.UrocketError);
  assert.equal(openapi.UrocketError, gateway.UrocketError);
  assert.equal(process.UrocketError, gateway.UrocketError);
  assert.throws(() => config.parseConfig("paths: 1", "a.yaml"), process.UrocketError);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { filesBelow, findCycle, type Imports, readImports } from "./helpers/imports.ts";

const ROOT = join(import.meta.dirname, "..");

/** From the bottom to the top; layers of one row are siblings and do not know each other. */
const ROWS = [
  ["core"],
  ["process", "config", "openapi", "observe"],
  ["channels", "replies"],
  ["gateway"],
  ["stages"],
  ["admin"],
  ["compose"],
  ["cli", "library"],
];

const lib = readImports(join(ROOT, "lib"));

/** Imports that do not point down, as `file -> file`. */
function upwards(imports: Imports): string[] {
  return edges(imports)
    .filter(([from, to]) => {
      const [own, other] = [layer(from), layer(to)];
      return own !== other && row(other) >= row(own);
    })
    .map((edge) => edge.join(" -> "));
}

function edges(imports: Imports): [from: string, to: string][] {
  return [...imports].flatMap(([from, all]) =>
    all.filter((to) => imports.has(to)).map((to): [string, string] => [from, to]),
  );
}

function layer(file: string): string {
  return file.split("/")[0] ?? "";
}

function row(name: string): number {
  const found = ROWS.findIndex((layers) => layers.includes(name));
  assert.notEqual(found, -1, `expected a layer of ARCHITECTURE.md, got lib/${name}`);
  return found;
}

/** Files that import a package, or one of its parts. */
function importers(imports: Imports, name: string): string[] {
  const matches = (specifier: string) => specifier === name || specifier.startsWith(`${name}/`);
  return [...imports].filter(([, all]) => all.some(matches)).map(([file]) => file);
}

test("the check sees what it is to see", () => {
  const bad = new Map([
    ["core/a.ts", ["process/b.ts"]],
    ["process/b.ts", ["config/c.ts", "node:child_process"]],
    ["config/c.ts", ["core/a.ts", "hyper-express"]],
    ["gateway/d.ts", ["config/c.ts", "gateway/e.ts"]],
    ["gateway/e.ts", []],
  ]);
  assert.deepEqual(upwards(bad), ["core/a.ts -> process/b.ts", "process/b.ts -> config/c.ts"]);
  assert.deepEqual(findCycle(bad), ["core/a.ts", "process/b.ts", "config/c.ts", "core/a.ts"]);
  assert.deepEqual(importers(bad, "hyper-express"), ["config/c.ts"]);
  assert.deepEqual(importers(bad, "node:child_process"), ["process/b.ts"]);
  assert.ok(edges(lib).length > 100, "expected the imports of lib to be found");
});

test("imports only point down the layers, and siblings never import each other", () => {
  assert.deepEqual(upwards(lib), []);
});

test("every import of a file of ours leads to one", () => {
  const lost = [...lib].flatMap(([from, all]) =>
    all.filter((to) => to.endsWith(".ts") && !lib.has(to)).map((to) => `${from} -> ${to}`),
  );
  assert.deepEqual(lost, []);
});

test("there is no circle of imports", () => {
  assert.equal(findCycle(lib), undefined);
});

test("nobody imports observe but cli", () => {
  const found = edges(lib).filter(([from, to]) => layer(to) === "observe" && !["observe", "cli"].includes(layer(from)));
  assert.deepEqual(found, []);
});

test("the HTTP server is known to one adapter alone", () => {
  assert.deepEqual(importers(lib, "hyper-express"), ["stages/hyper.ts"]);
  assert.deepEqual(importers(lib, "uWebSockets.js"), ["stages/hyper.ts"]);
});

test("the addon is loaded in one place alone", () => {
  const loaders = filesBelow(join(ROOT, "lib"), /\.ts$/).filter((file) =>
    /node-gyp-build|\.node["'`]/.test(source("lib", file)),
  );
  assert.deepEqual(loaders, ["process/native.ts"]);
});

test("nothing in lib uses child_process", () => {
  const users = filesBelow(join(ROOT, "lib"), /\.ts$/).filter((file) =>
    /["'`](node:)?child_process["'`]/.test(source("lib", file)),
  );
  assert.deepEqual(users, []);
});

test("the core of the supervisor knows nothing of Node: its headers are named under native/binding alone", () => {
  const users = filesBelow(join(ROOT, "native"), /\.(h|cc)$/).filter((file) =>
    /#include\s*[<"](napi|node|node_api|js_native_api|uv|v8)\.h[>"]/.test(source("native", file)),
  );
  assert.ok(users.length > 0);
  assert.deepEqual(
    users.filter((file) => !file.startsWith("binding/")),
    [],
  );
});

function source(folder: string, file: string): string {
  return readFileSync(join(ROOT, folder, file), "utf8");
}

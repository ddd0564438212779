// Compiles what needs compiling: `node scripts/compile.mjs [native|lib]`, both without an argument. Starts nothing.
import { spawnSync } from "node:child_process";
import { existsSync, realpathSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyAssets } from "./assets.mjs";
import { run } from "./run.mjs";
import { isCurrent } from "./sources.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const addon = join(root, "build/Release/urocket.node");
const what = process.argv[2];

if (what === undefined || what === "native") buildNative();
if (what === undefined || what === "lib") buildLibrary();

function buildNative() {
  if (isCurrent(addon)) return;
  const missing = [
    ["g++", "--version"],
    ["make", "--version"],
    ["python3", "--version"],
  ].filter(([tool, flag]) => spawnSync(tool, [flag], { stdio: "ignore" }).status !== 0);
  if (missing.length > 0) {
    const tools = missing.map(([tool]) => tool).join(", ");
    fail(`the native addon needs ${tools}: install them with \`apt-get install build-essential python3\``);
  }
  const gyp = require.resolve("node-gyp/bin/node-gyp.js");
  const args = [gyp, "configure", "build", "--jobs=max", "--loglevel=warn"];
  // Most installations have node's headers beside node: then nothing has to be downloaded.
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  if (existsSync(join(prefix, "include/node/node_api.h"))) args.push(`--nodedir=${prefix}`);
  compile("the native addon", args);
}

function buildLibrary() {
  // A file that is gone from lib must not live on in dist.
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const tsc = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");
  compile("the library", [tsc, "-p", "tsconfig.build.json"]);
  copyAssets(join(root, "dist"));
}

function compile(what, args) {
  try {
    run(process.execPath, args, { cwd: root });
  } catch (error) {
    fail(`${what} did not compile: ${error.message}`);
  }
}

function fail(message) {
  console.error(`compile: ${message}`);
  process.exit(1);
}

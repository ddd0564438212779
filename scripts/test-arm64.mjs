// Builds the addon for arm64 and runs the tests of the process library with it, on whatever machine this is:
// `node scripts/test-arm64.mjs [test file ...]`. What `npm run compile` has built is left alone.
//
// qemu's user emulation translates our program and hands its system calls to this kernel, so what is tested is our own
// code in its arm64 form; the children are programs of this machine.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { EMULATION_GAPS } from "./arm64-gaps.mjs";
import { fetchNode } from "./node-package.mjs";
import { run } from "./run.mjs";
import { copySources } from "./sources.mjs";

// Of the versions that we support, the first that can leave out tests by name.
const VERSION = "22.23.3";
// Far more than the longest file takes under emulation: a bound for what hangs, so that it fails by name.
const FILE_TIMEOUT = 30 * 60_000;
const QEMU = "qemu-aarch64-static";
const SYSROOT = "/usr/aarch64-linux-gnu";
const CROSS = "aarch64-linux-gnu-";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
checkTools();
const node = fetchNode(VERSION, "arm64");
const addon = buildAddon();
const environment = emulation();
const files = testFiles();
const failed = [];
await Promise.all(Array.from({ length: availableParallelism() }, work));
for (const [title, reason] of EMULATION_GAPS) console.log(`left out: "${title}": ${reason}`);
console.log(failed.length === 0 ? "arm64: passed" : `arm64: FAILED: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function checkTools() {
  const missing = [QEMU, `${CROSS}g++`].some((tool) => spawnSync(tool, ["--version"]).error !== undefined);
  if (!missing && existsSync(join(SYSROOT, "lib/libc.so.6"))) return;
  console.error(
    "test-arm64: expected qemu and a compiler for arm64, got none: " +
      "install them with `apt-get install g++-aarch64-linux-gnu qemu-user-static`",
  );
  process.exit(1);
}

/** Builds in a directory of its own, where only what changed is compiled again. */
function buildAddon() {
  const directory = join(root, "build/arm64");
  copySources(directory);
  const env = { ...process.env, CC: `${CROSS}gcc`, CXX: `${CROSS}g++`, AR: `${CROSS}ar`, LINK: `${CROSS}g++` };
  const args = ["configure", "build", "--arch=arm64", `--nodedir=${node}`, "--jobs=max", "--loglevel=warn"];
  run(process.execPath, [require.resolve("node-gyp/bin/node-gyp.js"), ...args], { cwd: directory, env });
  return directory;
}

/** What makes the tests, which know nothing of all this, run emulated. */
function emulation() {
  const tools = join(addon, "bin");
  rmSync(tools, { recursive: true, force: true });
  mkdirSync(tools);
  const emulated = join(tools, "node");
  writeFileSync(emulated, `#!/bin/sh\nexec ${QEMU} -L ${SYSROOT} '${join(node, "bin/node")}' "$@"\n`);
  chmodSync(emulated, 0o755);
  // What tests compile are libraries for our own program.
  writeFileSync(join(tools, "gcc"), `#!/bin/sh\nexec ${CROSS}gcc "$@"\n`);
  chmodSync(join(tools, "gcc"), 0o755);
  return {
    ...process.env,
    PATH: `${tools}:${process.env.PATH}`,
    EMULATED_NODE: emulated,
    // Where node-gyp-build looks before it looks into the package.
    UROCKET_PREBUILD: addon,
    // tsx compiles with a program of this machine.
    ESBUILD_BINARY_PATH: createRequire(require.resolve("tsx/package.json")).resolve(
      `@esbuild/linux-${process.arch}/bin/esbuild`,
    ),
  };
}

function testFiles() {
  if (process.argv.length > 2) return process.argv.slice(2);
  const names = readdirSync(join(root, "test/process"), { recursive: true, encoding: "utf8" });
  const tests = names.filter((name) => name.endsWith(".test.ts")).map((name) => join("test/process", name));
  checkGaps(tests);
  return tests.sort();
}

/** A test that was renamed must not be left out under its old name unnoticed. */
function checkGaps(tests) {
  const sources = tests.map((file) => readFileSync(join(root, file), "utf8")).join("\n");
  const unknown = EMULATION_GAPS.filter(([title]) => !sources.includes(`"${title}"`));
  if (unknown.length > 0) throw new Error(`expected titles of tests in arm64-gaps.mjs, got ${JSON.stringify(unknown)}`);
}

async function work() {
  for (let file = files.shift(); file !== undefined; file = files.shift()) {
    const { printed, passed } = await runTests(file);
    console.log(`# ${file}\n${printed}`);
    if (!passed) failed.push(file);
  }
}

// One program for each file: node's own runner starts process.execPath, which only runs here through qemu.
async function runTests(file) {
  const source = readFileSync(join(root, file), "utf8");
  const gaps = EMULATION_GAPS.filter(([title]) => source.includes(`"${title}"`));
  const skips = gaps.map(([title]) => `--test-skip-pattern=${title}`);
  // The same goes for tests that start a node of their own.
  const execPath = "data:text/javascript,process.execPath=process.env.EMULATED_NODE";
  const args = ["--import", execPath, "--import", "tsx", "--test-reporter=spec", ...skips, file];
  const child = spawn(environment.EMULATED_NODE, args, {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: FILE_TIMEOUT,
    killSignal: "SIGKILL",
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      printed += text;
    });
  }
  const code = await new Promise((resolve) => {
    child.on("close", resolve);
    // What it has left behind may hold its output open; that doesn't keep us.
    child.on("exit", (_, signal) => {
      if (signal !== null) for (const stream of [child.stdout, child.stderr]) stream.destroy();
    });
  });
  return { printed, passed: code === 0 };
}

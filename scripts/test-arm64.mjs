// Builds the addon for arm64 and runs the tests of the process library with it, on whatever machine this is:
// `node scripts/test-arm64.mjs [test file ...]`. The build directory of this machine is left alone.
//
// qemu's user emulation translates the program and passes its system calls on to this kernel, so our own code and its
// layout on arm64 are what is tested; the children are programs of this machine.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { EMULATION_GAPS } from "./arm64-gaps.mjs";
import { cacheDirectory, fetchNode, run } from "./node-package.mjs";

// The first that can leave out tests by name.
const VERSION = "22.23.3";
const QEMU = "qemu-aarch64-static";
const SYSROOT = "/usr/aarch64-linux-gnu";
const TOOLS = { CC: "gcc", CXX: "g++", AR: "ar", LINK: "g++" };

const root = dirname(dirname(fileURLToPath(import.meta.url)));
checkTools();
const node = fetchNode(VERSION, "arm64");
const addon = buildAddon(node);
const failed = testFiles().filter((file) => !passes(file));
for (const [title, reason] of EMULATION_GAPS) console.log(`left out: "${title}": ${reason}`);
console.log(failed.length === 0 ? "arm64: passed" : `arm64: FAILED: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function checkTools() {
  const missing = [QEMU, "aarch64-linux-gnu-g++"].some((tool) => spawnSync(tool, ["--version"]).error !== undefined);
  if (!missing && existsSync(join(SYSROOT, "lib/libc.so.6"))) return;
  console.error(
    "test-arm64: expected qemu and a compiler for arm64, got none: " +
      "install them with `apt-get install g++-aarch64-linux-gnu qemu-user-static`",
  );
  process.exit(1);
}

/** Builds in a directory of its own, with the sources' times kept so that only what changed is compiled again. */
function buildAddon(headers) {
  const directory = join(cacheDirectory(), "arm64");
  rmSync(join(directory, "native"), { recursive: true, force: true });
  for (const name of ["native", "binding.gyp", "package.json"]) {
    cpSync(join(root, name), join(directory, name), { recursive: true, preserveTimestamps: true });
  }
  rmSync(join(directory, "node_modules"), { force: true });
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  const cross = Object.entries(TOOLS).map(([name, tool]) => [name, `aarch64-linux-gnu-${tool}`]);
  const gyp = createRequire(import.meta.url).resolve("node-gyp/bin/node-gyp.js");
  const flags = ["--arch=arm64", `--nodedir=${headers}`, "--jobs=max", "--loglevel=warn"];
  const env = { ...process.env, ...Object.fromEntries(cross) };
  run(process.execPath, [gyp, "configure", "build", ...flags], { cwd: directory, env });
  return directory;
}

function testFiles() {
  if (process.argv.length > 2) return process.argv.slice(2);
  const names = readdirSync(join(root, "test/process"), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join("test/process", name))
    .sort();
}

// One program for each file, for node's own runner could not start others of its architecture.
function passes(file) {
  console.log(`# ${file}`);
  const source = readFileSync(join(root, file), "utf8");
  const gaps = EMULATION_GAPS.filter(([title]) => source.includes(`"${title}"`));
  const skips = gaps.map(([title]) => `--test-skip-pattern=${title}`);
  const env = {
    ...process.env,
    // Where node-gyp-build looks before it looks into the package.
    UROCKET_PREBUILD: addon,
    // The compiler of tsx is a program of this machine.
    ESBUILD_BINARY_PATH: esbuild(),
    EMULATED_NODE: emulatedNode(),
  };
  // Tests that start a node find it in process.execPath; that one runs here only through qemu.
  const execPath = "data:text/javascript,process.execPath=process.env.EMULATED_NODE";
  const flags = ["--import", execPath, "--import", "tsx", "--test-reporter=spec", ...skips];
  return spawnSync(env.EMULATED_NODE, [...flags, file], { cwd: root, stdio: "inherit", env }).status === 0;
}

function emulatedNode() {
  const script = join(addon, "node");
  writeFileSync(script, `#!/bin/sh\nexec ${QEMU} -L ${SYSROOT} '${join(node, "bin/node")}' "$@"\n`);
  chmodSync(script, 0o755);
  return script;
}

function esbuild() {
  const name = `@esbuild/linux-${process.arch}/bin/esbuild`;
  return createRequire(createRequire(import.meta.url).resolve("tsx/package.json")).resolve(name);
}

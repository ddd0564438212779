// Builds the addon for every architecture that is supported, as it is published, into prebuilds/: `npm run prebuild`.
// What `npm run compile` has built is left alone.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fetchNode } from "./node-package.mjs";
import { run } from "./run.mjs";
import { copySources, isCurrent } from "./sources.mjs";

// The oldest that is supported: its headers name nothing that a later one lacks.
const VERSION = "20.19.0";
const ARCHITECTURES = [
  { arch: "x64", prefix: "x86_64-linux-gnu-", packages: "g++" },
  { arch: "arm64", prefix: "aarch64-linux-gnu-", packages: "g++-aarch64-linux-gnu" },
];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(dirname(createRequire(import.meta.url).resolve("prebuildify/package.json")), "bin.js");
for (const architecture of ARCHITECTURES) prebuild(architecture);

function prebuild({ arch, prefix, packages }) {
  const addon = join(root, `prebuilds/linux-${arch}/urocket.node`);
  if (isCurrent(addon)) return;
  if (spawnSync(`${prefix}g++`, ["--version"]).error !== undefined) {
    console.error(`prebuild: expected ${prefix}g++, got none: install it with \`apt-get install ${packages}\``);
    process.exit(1);
  }
  const directory = join(root, `build/prebuild-${arch}`);
  copySources(directory);
  const env = {
    ...process.env,
    CC: `${prefix}gcc`,
    CXX: `${prefix}g++`,
    AR: `${prefix}ar`,
    LINK: `${prefix}g++`,
    JOBS: "max",
    // Nothing but the headers is taken from it.
    npm_config_nodedir: headers(),
  };
  const args = ["--napi", "--strip", `--strip-bin=${prefix}strip`, "--platform=linux", `--arch=${arch}`];
  run(process.execPath, [bin, ...args, `--target=${VERSION}`, `--cwd=${directory}`, `--out=${root}`], {
    cwd: directory,
    env,
  });
  console.log(`prebuild: prebuilds/linux-${arch}/urocket.node`);
}

function headers() {
  const directory = fetchNode(VERSION, process.arch);
  if (existsSync(join(directory, "include/node/node_api.h"))) return directory;
  throw new Error(`expected the headers of node ${VERSION} in ${directory}, got none`);
}

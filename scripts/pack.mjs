// Makes the package as it is published: `npm run package [directory]`. It is laid out in a directory of its own, because what
// stands in node_modules is a quarter of a gigabyte, for machines that are not supported; `npm pack` here would take that.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { copyAssets } from "./assets.mjs";
import { bundle } from "./pack/bundle.mjs";
import { manifest } from "./pack/manifest.mjs";
import { run } from "./run.mjs";
import { isCurrent } from "./sources.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PREBUILDS = ["x64", "arm64"].map((arch) => `prebuilds/linux-${arch}/urocket.node`);

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  console.log(pack(resolve(process.argv[2] ?? root)));
}

/** Writes the package into a directory; the path of the file. */
export function pack(destination) {
  const stage = mkdtempSync(join(tmpdir(), "urocket-pack-"));
  try {
    const described = lay(stage);
    mkdirSync(destination, { recursive: true });
    run("npm", ["pack", "--silent", "--pack-destination", destination], { cwd: stage });
    return join(destination, `${described.name}-${described.version}.tgz`);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

function lay(stage) {
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const file of PREBUILDS) {
    if (!isCurrent(join(root, file)))
      throw new Error(`expected ${file} to be newer than its sources: npm run prebuild`);
  }
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  // Compiled anew: what stands in dist/ may be older than its sources.
  run(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json"), "--outDir", join(stage, "dist")]);
  copyAssets(join(stage, "dist"));
  for (const name of own.files.filter((name) => name !== "dist")) {
    cpSync(join(root, name), join(stage, name), { recursive: true });
  }
  for (const name of ["README.md", "LICENSE"]) cpSync(join(root, name), join(stage, name));
  bundle(join(root, "node_modules"), join(stage, "node_modules"));
  const described = manifest(own);
  writeFileSync(join(stage, "package.json"), `${JSON.stringify(described, null, 2)}\n`);
  return described;
}

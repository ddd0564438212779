// The addon's sources: whether they changed, and a copy of them to build in.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Of native/, the tests are no part of the addon. */
const SOURCES = ["native/sys", "native/core", "native/binding", "binding.gyp"];

/** Whether a file is at least as new as every source of the addon. */
export function isCurrent(addon) {
  return existsSync(addon) && newest(SOURCES.map((name) => join(root, name))) <= statSync(addon).mtimeMs;
}

/** Copies what a build of the addon needs, with its times, so that only what changed is compiled again. */
export function copySources(directory) {
  mkdirSync(directory, { recursive: true });
  rmSync(join(directory, "native"), { recursive: true, force: true });
  for (const name of ["native", "binding.gyp", "package.json"]) {
    cpSync(join(root, name), join(directory, name), { recursive: true, preserveTimestamps: true });
  }
  rmSync(join(directory, "node_modules"), { force: true });
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
}

function newest(paths) {
  return Math.max(
    ...paths.map((path) => {
      const stat = statSync(path);
      return stat.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : stat.mtimeMs;
    }),
  );
}

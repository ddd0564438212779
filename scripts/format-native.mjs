// Checks the layout of the C++ sources with clang-format, or mends it: `node scripts/format-native.mjs [--write]`.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const files = readdirSync(join(root, "native"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(cc|h)$/.test(name))
  .map((name) => join(root, "native", name));

// One version only: another lays out differently.
const tool = "clang-format-19";
const mode = process.argv.includes("--write") ? ["-i"] : ["--dry-run", "--Werror"];
const done = spawnSync(tool, [...mode, ...files], { stdio: "inherit" });
if (done.error !== undefined) {
  console.error(`lint: expected ${tool}, got none: install it with \`apt-get install ${tool}\``);
  process.exit(1);
}
process.exit(done.status ?? 1);

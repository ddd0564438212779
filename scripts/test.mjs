// Runs test files: `node scripts/test.mjs [folder or file ...]`, all of test/ without an argument.
// Node 20's own runner knows neither patterns nor TypeScript names, so the files are listed here.
import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const places = process.argv.length > 2 ? process.argv.slice(2) : [join(root, "test")];
const files = places.flatMap(testFiles).sort();
if (files.length === 0) {
  console.error(`test: expected test files below ${places.join(", ")}, got none`);
  process.exit(1);
}
const flags = ["--import", "tsx", "--test", "--test-concurrency=2"];
process.exit(spawnSync(process.execPath, [...flags, ...files], { cwd: root, stdio: "inherit" }).status ?? 1);

function testFiles(place) {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(place, name));
}

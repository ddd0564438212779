// Runs test files: `node --import tsx scripts/test.mjs [folder or file ...]`, all of test/ without an argument.
// Node 20's command line knows neither patterns nor TypeScript names, so the files are listed here.
import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { run } from "node:test";
import { spec, tap } from "node:test/reporters";
import { fileURLToPath } from "node:url";

// Far more than the longest file takes on a slow machine: a bound for what hangs, so that it fails by name.
const FILE_TIMEOUT = 15 * 60_000;

const places =
  process.argv.length > 2 ? process.argv.slice(2) : [join(dirname(dirname(fileURLToPath(import.meta.url))), "test")];
const files = places.flatMap(testFiles).sort();
if (files.length === 0) {
  console.error(`test: expected test files below ${places.join(", ")}, got none`);
  process.exit(1);
}
let failed = false;
const results = run({ files, concurrency: 2, timeout: FILE_TIMEOUT });
results.on("test:fail", ({ todo }) => {
  failed ||= todo === undefined || todo === false;
});
await pipeline(results.compose(process.stdout.isTTY ? new spec() : tap), process.stdout, { end: false });
// A file that was ended may have left programs behind that hold its output open; they don't keep us.
process.exit(failed ? 1 : 0);

function testFiles(place) {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(place, name));
}

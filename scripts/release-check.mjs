// Proves that what would be published can be installed and used: `npm run release:check`. It takes npm's registry, the
// cross compiler and qemu for it; everything happens in a temporary directory.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fetchNode, SUPPORTED_NODES } from "./node-package.mjs";
import { pack } from "./pack.mjs";
import { emulated } from "./release/arm64.mjs";
import { checkFirstRequest } from "./release/first-request.mjs";
import { floorFaults, isStripped } from "./release/floor.ts";
import { checkImports } from "./release/imports.mjs";
import { install } from "./release/install.mjs";
import { lintPackage } from "./release/lint.mjs";
import { checkSocketAnswer } from "./release/socket-answer.mjs";
import { checkTypes } from "./release/types.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const room = mkdtempSync(join(tmpdir(), "urocket-release-"));
const directory = join(room, "project");
mkdirSync(directory);
try {
  const tarball = await step("pack", () => pack(room));
  await step("size, as docs/operations.md states it", () => checkSize(tarball));
  await step("libraries that the addon asks for, stripped", () => checkFloor());
  await step("publint and arethetypeswrong", () => lintPackage(tarball));
  await step("npm install, without compiler and git", () => install(tarball, directory));
  await step("types, in modules and CommonJS", () => checkTypes(directory));
  for (const version of SUPPORTED_NODES) {
    const node = [join(fetchNode(version, process.arch), "bin/node")];
    await step(`node ${version}: imports, process library`, () => checkImports(directory, node));
    await step(`node ${version}: gateway`, () => checkFirstRequest(directory, node));
  }
  await step("npx urocket init && npx urocket", () => checkFirstRequest(directory, ["npx"]));
  const other = emulated(room);
  await step(`${other.name}: imports, process library`, () => checkImports(directory, other.node));
  await step(`${other.name}: gateway and server library`, () => checkSocketAnswer(directory, other.node));
} catch (error) {
  console.error(`release-check: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  rmSync(room, { recursive: true, force: true });
}

async function step(title, action) {
  const started = Date.now();
  try {
    const result = await action();
    console.log(`ok ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    return result;
  } catch (error) {
    throw new Error(`${title}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** The fetched size must be the stated one, to what a compiler's version may change. */
function checkSize(tarball) {
  const [, stated] = /([\d.]+) MB to fetch/.exec(readFileSync(join(root, "docs/operations.md"), "utf8")) ?? [];
  const size = statSync(tarball).size / 1e6;
  console.log(`   ${size.toFixed(2)} MB`);
  if (!(Math.abs(size - Number(stated)) < 0.1)) throw new Error(`expected ${stated} MB, got ${size.toFixed(2)} MB`);
}

function checkFloor() {
  const folder = join(root, "prebuilds");
  if (!existsSync(folder)) throw new Error("expected prebuilds, got none: npm run prebuild");
  for (const name of readdirSync(folder)) {
    const file = join(folder, name, "urocket.node");
    const faults = floorFaults(file);
    if (!isStripped(file)) faults.push("expected a stripped file, got one with symbols");
    if (faults.length > 0) throw new Error(`${name}: ${faults.join("; ")}`);
  }
}

// Runs the tests of the process library on every supported Node with the one addon that `npm run compile` made:
// `node scripts/test-node-versions.mjs [major ...]`. Node-API promises that it loads everywhere; here is the proof.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fetchNode, SUPPORTED_NODES } from "./node-package.mjs";

const TESTS = ["test/process", "test/torture"];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const versions = chosen(process.argv.slice(2));
const failed = versions.filter((version) => !passes(version));
for (const version of versions) console.log(`node ${version}: ${failed.includes(version) ? "FAILED" : "passed"}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function chosen(majors) {
  const unknown = majors.find((major) => !SUPPORTED_NODES.some((version) => version.startsWith(`${major}.`)));
  if (unknown !== undefined) throw new Error(`expected majors of ${SUPPORTED_NODES.join(", ")}, got ${unknown}`);
  return majors.length === 0
    ? SUPPORTED_NODES
    : SUPPORTED_NODES.filter((version) => majors.includes(version.split(".")[0]));
}

function passes(version) {
  const node =
    version === process.versions.node ? process.execPath : join(fetchNode(version, process.arch), "bin/node");
  console.log(`# node ${version}`);
  return (
    spawnSync(node, ["--import", "tsx", "scripts/test.mjs", ...TESTS], { cwd: root, stdio: "inherit" }).status === 0
  );
}

// Builds the C++ core with its test programs, plain and under sanitizers, and runs them: `node scripts/test-native.mjs
// [plain|asan|tsan ...]`. Only what changed is built anew.
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = "build/native-test";
const asked = process.argv.slice(2);

// Far more than any of them takes on a slow machine: a bound for what hangs, so that it fails by name.
const TIMEOUT = 10 * 60_000;

// Sanitizers make everything several times slower: fewer spawns show as much.
const WAYS = [
  { name: "plain", compiler: "g++", spawns: 4000, programs: ["footprint"] },
  { name: "asan", compiler: "clang++", spawns: 3000, programs: [] },
  { name: "tsan", compiler: "clang++", spawns: 2000, programs: [] },
];

for (const way of WAYS) {
  if (asked.length > 0 && !asked.includes(way.name)) continue;
  if (spawnSync(way.compiler, ["--version"], { stdio: "ignore" }).status !== 0) {
    fail(`the native tests need ${way.compiler}: \`apt-get install build-essential clang libclang-rt-14-dev\``);
  }
  const make = ["-f", "native/test/Makefile", `-j${availableParallelism()}`, `V=${way.name}`, `OUT=${out}`, "all"];
  run("make", [...make, ...way.programs], `${way.name}: build`);
  const to = join(out, way.name);
  const fixture = join(root, to, "fixture");
  run(join(to, "deadline_test"), [], `${way.name}: deadline heap`);
  run(join(to, "behaviour"), [fixture], `${way.name}: behaviour`);
  run(join(to, "stress"), [fixture, String(way.spawns)], `${way.name}: stress, ${way.spawns} spawns`);
  for (const program of way.programs) run(join(to, program), [fixture], `${way.name}: ${program}`);
}

function run(command, args, title) {
  const started = Date.now();
  const done = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: TIMEOUT,
    killSignal: "SIGKILL",
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const ok = done.status === 0;
  console.log(`${ok ? "ok" : "FAILED"} ${title} (${seconds} s)`);
  for (const line of (done.stdout ?? "").split("\n")) if (/^skipped:/.test(line)) console.log(`  ${line}`);
  if (!ok)
    fail(`${title}: ${done.error?.message ?? `exit ${done.status ?? done.signal}`}\n${done.stdout}${done.stderr}`);
}

function fail(message) {
  console.error(`test-native: ${message}`);
  process.exit(1);
}

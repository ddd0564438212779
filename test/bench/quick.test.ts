import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import type { CaseResult } from "../../bench/measure.ts";
import { builtProgram } from "../helpers/built.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { until } from "../helpers/until.ts";

const MAIN = join(import.meta.dirname, "../../bench/main.ts");

/** Starts a quick run of one case whose files are all below `directory`. */
function startBench(t: TestContext, directory: string, name: string): ChildProcess {
  builtProgram();
  const args = ["--import", "tsx", MAIN, "--quick", "--case", name, "--results", join(directory, "results")];
  const env = { ...process.env, TMPDIR: directory };
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  cleanUp(t, () => child.kill("SIGKILL"));
  return child;
}

/** What the run has put there; what tsx caches is its own. */
function entries(directory: string): string[] {
  return readdirSync(directory).filter((name) => !name.startsWith("tsx-"));
}

/** Processes that were started with a word below `directory`. */
function processesOf(directory: string): string[] {
  return readdirSync("/proc").filter(
    (pid) => /^\d+$/.test(pid) && commandLine(pid).includes(`${directory}/urocket-bench`),
  );
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    // It ended meanwhile.
    return "";
  }
}

test("a quick run of a case prints its table, keeps it with its JSON, and leaves nothing else", async (t) => {
  const directory = temporaryDirectory(t);
  const child = startBench(t, directory, "matching");
  const [printed, complaints, [code]] = await Promise.all([
    text(child.stdout as NonNullable<ChildProcess["stdout"]>),
    text(child.stderr as NonNullable<ChildProcess["stderr"]>),
    once(child, "exit"),
  ]);
  assert.equal(code, 0, complaints);
  const [json = "", markdown = ""] = readdirSync(join(directory, "results")).sort();
  const kept = readFileSync(join(directory, "results", markdown), "utf8");
  assert.ok(printed.includes(kept), "expected the printed report to be the one that is kept");
  assert.match(kept, /^\| urocket, direct \| [\d,]+ \| [\d.]+ \| [\d.]+ \| [\d,]+ \| .+ \|$/m);
  const { machine, cases } = JSON.parse(readFileSync(join(directory, "results", json), "utf8"));
  assert.ok(machine.cores >= 1);
  const [{ name, metrics, peers }] = cases as [CaseResult];
  assert.equal(name, "matching");
  assert.equal(peers.length, 4);
  for (const { samples } of peers) {
    assert.equal(samples.length, 1);
    for (const { key } of metrics) assert.equal(typeof samples[0]?.[key], "number");
  }
  assert.deepEqual(entries(directory), ["results"]);
  assert.deepEqual(processesOf(directory), []);
});

test("a run that is interrupted takes its servers and its files with it", async (t) => {
  const directory = temporaryDirectory(t);
  // For the server that refuses to be root.
  chmodSync(directory, 0o755);
  const child = startBench(t, directory, "stdout");
  // Told when all servers of the case run.
  child.stderr?.setEncoding("utf8");
  let told = "";
  child.stderr?.on("data", (chunk: string) => {
    told += chunk;
  });
  await until("the first round", () => {
    if (child.exitCode !== null) throw new Error(`expected the bench to run on, got its end: ${told}`);
    return told.includes("round 1");
  });
  assert.notDeepEqual(processesOf(directory), []);
  const exited = once(child, "exit");
  child.kill("SIGINT");
  assert.deepEqual(await exited, [130, null]);
  await until("the servers of the bench to be gone", () => processesOf(directory).length === 0);
  assert.deepEqual(entries(directory), []);
});

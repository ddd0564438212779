import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const MODULE = pathToFileURL(join(import.meta.dirname, "../../lib/cli/signals.ts")).href;

/** Runs a program that has installed the signals and prints what it is told; `then` is what it does next. */
function program(then: string) {
  const source = `
    const { installSignals } = await import(${JSON.stringify(MODULE)});
    const { writeSync } = await import("node:fs");
    const signals = installSignals({
      onFault: (error) => writeSync(1, "fault " + error.message + "\\n"),
      onExit: () => writeSync(1, "exit\\n"),
    });
    const keep = setInterval(() => {}, 1000);
    signals.first.then((signal) => writeSync(1, "first " + signal + "\\n"));
    writeSync(1, "ready\\n");
    ${then}`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", source]);
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  const ended = new Promise<{ code: number | null; signal: string | null; text: string }>((resolve) =>
    child.once("close", (code, signal) => resolve({ code, signal, text })),
  );
  const said = (words: string) =>
    new Promise<void>((resolve) => {
      const look = () => text.includes(words) && resolve();
      child.stdout.on("data", look);
      look();
    });
  return { child, ended, said };
}

test("the first signal is told, the second ends the process with 128 and its number", async () => {
  const { child, ended, said } = program("");
  await said("ready");
  child.kill("SIGTERM");
  await said("first SIGTERM");
  child.kill("SIGINT");
  assert.deepEqual(await ended, { code: 130, signal: null, text: "ready\nfirst SIGTERM\nexit\n" });
});

test("an exception that nobody caught is told and ends the process with 1", async () => {
  for (const fault of ['setImmediate(() => { throw new Error("x"); })', 'Promise.reject(new Error("x"))']) {
    const { ended } = program(fault);
    assert.deepEqual(await ended, { code: 1, signal: null, text: "ready\nfault x\nexit\n" });
  }
});

test("when they are removed, a signal has its default effect again and nothing is told", async () => {
  const { child, ended, said } = program('signals.remove(); writeSync(1, "removed\\n");');
  await said("removed");
  child.kill("SIGTERM");
  assert.deepEqual(await ended, { code: null, signal: "SIGTERM", text: "ready\nremoved\n" });
});

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { probe } from "../../lib/process/index.ts";
import { statusLine } from "../helpers/process-proc.ts";

const skip = probe().setuid ? false : "only a privileged program can hand capabilities on";

const MODULE = pathToFileURL(join(import.meta.dirname, "../../lib/process/index.ts")).href;

test("capabilities that we were handed to change identities are not handed on to programs", { skip }, () => {
  const source = `
    const { readFileSync } = await import("node:fs");
    const { run } = await import(${JSON.stringify(MODULE)});
    const { stdout } = await run("cat", ["/proc/self/status"]);
    console.log(JSON.stringify([readFileSync("/proc/self/status", "utf8"), stdout.data.toString()]));`;
  const node = [process.execPath, "--import", "tsx", "--input-type=module", "-e", source];
  const handed = ["--inh-caps", "+setuid", "--ambient-caps", "+setuid"];
  const [own, child] = JSON.parse(execFileSync("setpriv", [...handed, ...node], { encoding: "utf8" }));
  assert.equal(statusLine(own, "CapAmb")?.trim(), "0000000000000080");
  assert.equal(statusLine(child, "CapAmb")?.trim(), "0000000000000000");
});

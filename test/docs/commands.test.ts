import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { builtProgram } from "../helpers/built.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { curl } from "../helpers/curl.ts";
import { blocksOf } from "../helpers/fences.ts";
import { startGateway } from "../helpers/gateway.ts";
import { LogLines } from "../helpers/log-lines.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { until } from "../helpers/until.ts";

const ROOT = join(import.meta.dirname, "../..");
const shell = promisify(execFile);

/** The gateway of `npm start` in a copy of the examples; turns the page's commands into such for it. */
async function startExamples(t: TestContext) {
  const folder = temporaryDirectory(t);
  cpSync(join(ROOT, "examples"), join(folder, "examples"), { recursive: true });
  const socket = join(folder, "urocket.sock");
  const file = join(folder, "examples/urocket-service.yaml");
  const text = readFileSync(file, "utf8")
    .replaceAll("/tmp/urocket.sock", socket)
    .replace(/^port: 8080/m, "port: 0");
  writeFileSync(file, text);
  const child = spawn(process.execPath, [builtProgram(), "run", "-c", file]);
  const log = new LogLines(child.stdout);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  cleanUp(t, async () => {
    child.kill("SIGTERM");
    await ended;
  });
  const { url } = await until("the gateway to listen", () => log.lines.find((line) => line.url !== undefined));
  const localise = (command: string): string =>
    command.replaceAll("localhost:8080", String(url).slice("http://".length)).replaceAll("/tmp/urocket.sock", socket);
  const run = (command: string) => shell("bash", ["-ec", localise(command)], { cwd: folder });
  return { folder, log, run };
}

test("the two lines at the head of README.md answer a caller from any script", async (t) => {
  const [lines = ""] = blocksOf("README.md", "sh", 3);
  const { url } = await startGateway(t, "  /a:\n    get: {cmd: [/bin/sh, ./a.sh], timeout: 30s, wd: .}", {
    files: { "a.sh": `#!/bin/sh\n${lines}` },
  });
  const { status, headers, text } = await curl(`${url}/a`);
  assert.deepEqual([status, headers["content-type"], text], [200, "application/json", '{"ok":true}']);
});

test("a request that waits is answered by hand, as README.md shows it", async (t) => {
  const { log, run } = await startExamples(t);
  const [, ask = "", answer = ""] = blocksOf("README.md", "sh", 3);
  const asked = run(ask);
  const id = await log.stored("/get/pets");
  await run(answer.replace("64ed1763-…", id));
  assert.equal((await asked).stdout, '{"hello":true}');
});

test("the program in README.md runs and prints", async (t) => {
  const [code = ""] = blocksOf("README.md", "js", 1);
  const file = join(temporaryDirectory(t), "example.mjs");
  builtProgram();
  writeFileSync(file, code.replace("urocket/process", pathToFileURL(join(ROOT, "dist/process/index.js")).href));
  assert.match((await shell(process.execPath, [file])).stdout, /^exit 0 \d+\n [\d.]+\n$/);
});

test("every program of examples/README.md answers the request that stands there", async (t) => {
  const { run } = await startExamples(t);
  const [requests = ""] = blocksOf("examples/README.md", "sh", 2);
  const { stdout } = await run(requests.replaceAll(/^curl /gm, "curl -sS -w '\\n%{http_code}\\n' "));
  const statuses = stdout.match(/^\d{3}$/gm);
  assert.deepEqual(statuses, Array(5).fill("200"), stdout);
});

test("a program answers without the gateway, as examples/README.md shows it", async (t) => {
  const folder = temporaryDirectory(t);
  const socket = join(folder, "try.sock");
  const [, block = ""] = blocksOf("examples/README.md", "sh", 2);
  const [server = "", call = ""] = block.replaceAll("/tmp/try.sock", socket).split("\n");
  const child = spawn("bash", ["-c", `exec ${server}`], { stdio: ["ignore", "pipe", "inherit"] });
  cleanUp(t, () => child.kill("SIGKILL"));
  let posted = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    posted += text;
  });
  await until("the server to listen", () => existsSync(socket) || undefined);
  await shell("bash", ["-ec", call], { cwd: ROOT });
  await until("the post", () => posted.includes("sha256") || undefined);
});

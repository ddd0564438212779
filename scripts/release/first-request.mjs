import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { run } from "../run.mjs";
import { isNewer } from "./floor.ts";

// Far more than it takes under emulation: a bound for what hangs, so that the step fails by name.
const TIMEOUT = 5 * 60_000;

// The server library exists for node 22 and later with this glibc alone.
const NEW_GLIBC = "2.38";

/**
 * Lets the installed package write its first configuration, run it and answer a request; `command` is `npx`, or a node.
 * Where the server can't be loaded, one clear sentence must say so.
 */
export async function checkFirstRequest(directory, command) {
  const place = mkdtempSync(join(directory, "service-"));
  const [program, ...words] =
    command[0] === "npx" ? ["npx", "urocket"] : [...command, join(directory, "node_modules/urocket/dist/cli/main.js")];
  run(program, [...words, "init"], { cwd: place });
  const file = join(place, "urocket-service.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("port: 8080", "port: 0"));
  // A group of its own, for npx puts a shell between.
  const child = spawn(program, words, {
    cwd: place,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TIMEOUT,
    killSignal: "SIGKILL",
  });
  let told = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    told += text;
  });
  const exited = once(child, "exit");
  try {
    const url = await Promise.race([announced(child.stdout), exited.then(() => undefined)]);
    if (url === undefined) await checkRefusal((await exited)[0], told, command);
    else await checkAnswer(url);
  } finally {
    if (child.exitCode === null) process.kill(-child.pid, "SIGTERM");
    await exited;
    rmSync(place, { recursive: true });
  }
}

async function announced(stdout) {
  for await (const line of createInterface({ input: stdout })) {
    const [url] = /http:\/\/[\d.:]+/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  return undefined;
}

async function checkAnswer(url) {
  const response = await fetch(`${url}/hello/world`);
  const text = await response.text();
  if (response.status !== 200 || text !== "hello, world\n") {
    throw new Error(`expected 200 and "hello, world", got ${response.status} and ${JSON.stringify(text)}`);
  }
}

async function checkRefusal(code, told, [node]) {
  const { glibcVersionRuntime = "0" } = process.report.getReport().header;
  const fits = node === "npx" || /-20\./.test(node) || !isNewer(NEW_GLIBC, glibcVersionRuntime);
  if (!fits && code === 1 && /^urocket: expected Node 20 with glibc .*, got Node [^\n]*\n$/.test(told)) return;
  throw new Error(`expected the gateway to answer, got exit code ${code} and ${told}`);
}

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { closeSync, constants, createReadStream, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { descriptorSink } from "../../lib/observe/index.ts";
import { builtProgram } from "../helpers/built.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { freePort } from "../helpers/free-port.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { until } from "../helpers/until.ts";

/** A pipe that is read only when somebody says so: its end to write to, and the lines that were read. */
function openPipe(t: TestContext) {
  const path = join(temporaryDirectory(t), "pipe");
  execFileSync("mkfifo", [path]);
  // Open for both, for otherwise each end waits for the other.
  const fd = openSync(path, constants.O_RDWR);
  cleanUp(t, () => closeSync(fd));
  const lines: string[] = [];
  const read = (): void => {
    const stream = createReadStream(path);
    cleanUp(t, () => stream.destroy());
    createInterface({ input: stream }).on("line", (line) => lines.push(line));
  };
  return { fd, lines, read };
}

test("lines that nobody reads in time are dropped and counted, and the next line tells how many", async (t) => {
  const { fd, lines, read } = openPipe(t);
  const sink = descriptorSink(fd, "json");
  const line = `${JSON.stringify({ msg: "x".repeat(1000) })}\n`;
  const written = Math.ceil((20 * 1024 * 1024) / line.length);
  for (let n = 0; n < written; n++) sink.write(line);
  const kept = Math.floor((16 * 1024 * 1024) / line.length);
  assert.equal(sink.dropped, written - kept);
  read();
  await until("all that was kept, and one more", () => lines.length === kept + 1);
  assert.equal(JSON.parse(lines.at(-1) ?? "").msg, `${sink.dropped} log lines were dropped: nobody read them in time`);
  await sink.close();
});

test("a log that nobody reads holds up no request, and all of it is there for who reads it later", async (t) => {
  const { fd, lines, read } = openPipe(t);
  const folder = temporaryDirectory(t);
  const port = await freePort();
  const head = `port: ${port}\nsocketpath: ${folder}/u.sock\nlog: {level: info, format: json}`;
  writeFileSync(join(folder, "service.yaml"), `${head}\npaths: {/true: {get: {cmd: /bin/true, reply: report}}}\n`);
  const args = [builtProgram(), "run", "-c", join(folder, "service.yaml")];
  const child = spawn(process.execPath, args, { stdio: ["ignore", fd, "inherit"] });
  cleanUp(t, () => child.kill("SIGKILL"));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const ask = async (): Promise<number> => {
    const response = await fetch(`http://127.0.0.1:${port}/${"n".repeat(1000)}`);
    await response.arrayBuffer();
    return response.status;
  };
  await until("the gateway to listen", () => ask().catch(() => undefined));
  // Each is more than a thousand bytes in the log: more than twice of what a pipe holds.
  for (let n = 0; n < 150; n++) assert.equal(await ask(), 404);
  assert.equal(lines.length, 0);
  read();
  await until("a line for each", () => lines.filter((line) => line.includes('"status":404')).length === 151);
  child.kill("SIGTERM");
  assert.equal(await ended, 0);
});

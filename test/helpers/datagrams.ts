import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { cleanUp } from "./clean-up.ts";
import { until } from "./until.ts";

const RECEIVER = join(import.meta.dirname, "../fixtures/datagrams.py");

/** Receives datagrams at a unix address until the end of the test: those that came so far. */
export async function receiveDatagrams(t: TestContext, address: string): Promise<readonly string[]> {
  const child = spawn("python3", [RECEIVER, address], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  cleanUp(t, async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(JSON.parse(line)));
  await until(`the receiver at ${address}`, () => lines.shift() === "bound");
  return lines;
}

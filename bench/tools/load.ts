import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Sample } from "../case.ts";
import { runNode } from "./run-peer.ts";

const CONNECTIONS = 32;

/** Whether requests are made by wrk or by the generator of our own, which takes more of the machine's CPU. */
export const GENERATOR: "wrk" | "built-in" = spawnSync("wrk", ["-v"]).error === undefined ? "wrk" : "built-in";

/** Posts a small JSON body to `url` on 32 connections for a while. Throws when an answer was not the expected one. */
export async function load(url: string, milliseconds: number): Promise<Sample> {
  if (GENERATOR === "built-in") return await runNode("load.mjs", [url, String(CONNECTIONS), String(milliseconds)]);
  return runWrk(url, Math.max(1, Math.round(milliseconds / 1000)));
}

// One thread is far from busy with what two cores can answer; its histogram is over the whole time.
function runWrk(url: string, seconds: number): Sample {
  const script = join(import.meta.dirname, "wrk-post.lua");
  const args = ["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "--timeout", "10s", "-s", script, url];
  const done = spawnSync("wrk", args, { encoding: "utf8" });
  const printed = /^figures (\{.*\})$/m.exec(done.stdout)?.[1];
  if (done.status !== 0 || printed === undefined) {
    throw new Error(`expected figures from wrk, got ${done.error?.message ?? done.stdout + done.stderr}`);
  }
  const { failures, ...figures } = JSON.parse(printed) as { failures: number } & Record<string, number>;
  if (failures !== 0) throw new Error(`expected every answer of ${url} to be 200, got ${failures} others`);
  return figures;
}

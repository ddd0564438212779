import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { Sample } from "../case.ts";
import { startKept } from "./kept.ts";

/** Runs a program of bench/peers in a fresh node; the figures that it prints. */
export function runNode(name: string, args: readonly string[], flags: readonly string[] = []): Promise<Sample> {
  const child = startKept(process.execPath, [...flags, join(import.meta.dirname, "../peers", name), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return figures(name, child, child.stdout as Readable);
}

/** Runs a compiled program with stdout on /dev/null; the figures it prints on descriptor 3. */
export function runProgram(file: string, args: readonly string[]): Promise<Sample> {
  const child = startKept(file, args, { stdio: ["ignore", "ignore", "inherit", "pipe"] });
  return figures(file, child, child.stdio[3] as Readable);
}

async function figures(name: string, child: ChildProcess, output: Readable): Promise<Sample> {
  const ended = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  const [printed, ending] = await Promise.all([text(output), ended]);
  if (ending !== 0) throw new Error(`expected ${name} to end with 0, got ${ending}`);
  return JSON.parse(printed) as Sample;
}

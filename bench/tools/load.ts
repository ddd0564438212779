import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Exchange } from "./exchange.ts";
import { find } from "./installed.ts";
import { startKept } from "./kept.ts";

/** Whether requests are made by wrk or by the generator of our own, which takes more of the machine's CPU. */
export const GENERATOR: "wrk" | "built-in" = find("wrk") === undefined ? "built-in" : "wrk";

/** Connections where a case does not say otherwise. */
export const CONNECTIONS = 32;

export interface LoadOptions {
  readonly milliseconds: number;
  /** Kept alive; each has one request under way. {@link CONNECTIONS} when absent. */
  readonly connections?: number | undefined;
}

/** What a load gave; times in milliseconds. */
export interface Figures {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** The JSON text of `bytes` bytes that stands for a payload. */
export function payloadOf(bytes: number): string {
  return JSON.stringify("x".repeat(bytes - 2));
}

/** Makes requests for a while. Throws when an answer was not 200; bodies are for {@link Exchange} to be checked by. */
export async function load(base: string, { verb, path, body = "" }: Exchange, options: LoadOptions): Promise<Figures> {
  const { milliseconds, connections = CONNECTIONS } = options;
  const bytes = String(Buffer.byteLength(body));
  const [command, args] =
    GENERATOR === "wrk"
      ? wrk(base + path, [verb, bytes], connections, milliseconds)
      : builtIn(base + path, [verb, bytes], connections, milliseconds);
  const child = startKept(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [printed, [code]] = await Promise.all([
    text(child.stdout as NonNullable<typeof child.stdout>),
    once(child, "exit"),
  ]);
  const line = /^figures (\{.*\})$/m.exec(printed)?.[1];
  if (code !== 0 || line === undefined) throw new Error(`expected figures from ${GENERATOR}, got ${code}: ${printed}`);
  const { failures, ...figures } = JSON.parse(line) as Figures & { failures: number };
  if (failures !== 0) throw new Error(`expected every answer of ${base}${path} to be 200, got ${failures} others`);
  return figures;
}

type Command = readonly [string, readonly string[]];

// One thread is far from busy with what two cores can answer. wrk counts in whole seconds.
function wrk(url: string, request: readonly string[], connections: number, milliseconds: number): Command {
  const script = join(import.meta.dirname, "wrk.lua");
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "30s", "--latency", "-s", script, url];
  return ["wrk", [...args, "--", ...request]];
}

function builtIn(url: string, request: readonly string[], connections: number, milliseconds: number): Command {
  const program = join(import.meta.dirname, "load.mjs");
  return [process.execPath, [program, url, String(connections), String(milliseconds), ...request]];
}

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { builtProgram } from "./built.ts";
import { cleanUp } from "./clean-up.ts";
import { childrenOf } from "./leaks.ts";
import { LogLines } from "./log-lines.ts";
import { until } from "./until.ts";

const HAND_OVER = join(import.meta.dirname, "../fixtures/hand-over.py");

/** Somebody who listens for a gateway and starts it, time and again. */
export interface HandOver {
  /** Where the TCP sockets listen, in their order. */
  readonly ports: readonly number[];
  readonly log: LogLines;
  stderr(): string;
  /** Starts the gateway once more; resolves with its pid. */
  start(): Promise<number>;
  /** Resolves with the exit code of the n-th start, counted from 0. */
  ended(n: number): Promise<number>;
}

/** Listens on `sockets` (`NAME=ADDRESS`) for a gateway with this configuration, a file in `directory`. */
export async function handOver(
  t: TestContext,
  directory: string,
  configuration: string,
  ...sockets: readonly string[]
): Promise<HandOver> {
  const file = join(directory, "service.yaml");
  writeFileSync(file, `servicename: test\nlog: {level: debug, format: json}\n${configuration}`);
  const command = [process.execPath, builtProgram(), "run", "-c", file];
  const child = spawn("python3", [HAND_OVER, ...sockets, "--", ...command], { stdio: "pipe" });
  const log = new LogLines(child.stdout);
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const facts = (name: string) => log.lines.filter((line) => line[name] !== undefined).map((line) => line[name]);
  const pids = () => facts("started") as number[];
  const codes = () => facts("ended") as number[];
  cleanUp(t, async () => {
    const running = pids()[codes().length];
    if (running !== undefined) {
      await until("no child of the gateway", () => childrenOf(running).length === 0);
      process.kill(running, "SIGTERM");
    }
    child.stdin.end();
    await closed;
  });
  const [listening] = await until("the sockets", () =>
    facts("listening").length > 0 ? facts("listening") : undefined,
  );
  return {
    ports: (listening as (string | [string, number])[]).flatMap((address) =>
      Array.isArray(address) ? address[1] : [],
    ),
    log,
    stderr: () => errors,
    start: async () => {
      const count = pids().length;
      child.stdin.write("\n");
      return until("the start", () => pids()[count]);
    },
    ended: (n) => until(`the end of start ${n}: ${errors}`, () => codes()[n]),
  };
}

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { cleanUp } from "./clean-up.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures/process");

/** A program of its own that holds a supervisor: what it prints is one JSON value a line. */
export interface Host {
  readonly pid: number;
  /** The next value it prints; rejects when it ends without one. */
  next<Value = Readonly<Record<string, unknown>>>(): Promise<Value>;
  /** Sends it a line on its standard input. */
  tell(line: string): void;
  kill(signal: NodeJS.Signals): void;
  /** How it ended, and what it wrote on standard error. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>;
}

export interface HostOptions {
  readonly args?: readonly string[];
  /** Words to put before the command: `unshare`, `prlimit`, ... */
  readonly wrapper?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts one of test/fixtures/process/*.ts as a program of its own, killed after the test if it still runs. */
export function startHost(t: TestContext, name: string, options: HostOptions = {}): Host {
  const { args = [], wrapper = [], env = {} } = options;
  const command = [...wrapper, process.execPath, "--import", import.meta.resolve("tsx"), join(FIXTURES, name), ...args];
  const child = spawn(command[0] as string, command.slice(1), {
    stdio: "pipe",
    env: { ...process.env, ...env },
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  // One that has ended does not listen any more.
  child.stdin.on("error", () => {});
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>(
    (resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => resolve({ code, signal, stderr }));
    },
  );
  cleanUp(t, async () => {
    child.kill("SIGKILL");
    await exited;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    next: async () => {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`expected ${name} to print something, got its end: ${(await exited).stderr}`);
      return JSON.parse(value);
    },
    tell: (line) => void child.stdin.write(`${line}\n`),
    kill: (signal) => void child.kill(signal),
    exited,
  };
}

import { shown, table } from "./check.ts";
import { invalid } from "./invalid.ts";
import { Supervisor } from "./supervisor.ts";
import type { ExitRecord, SpawnSpec } from "./types.ts";

/** A spec without the words that `run` takes one by one; `env` is empty unless given. */
export type RunOptions = Omit<SpawnSpec, "argv" | "env"> & {
  readonly env?: SpawnSpec["env"] | undefined;
  /** Kills the process when it is aborted. */
  readonly signal?: AbortSignal | undefined;
};

let shared: Supervisor | undefined;

/**
 * Runs a program to its end. Never rejects for what the program does: `how`, `code` and `errno` of the record tell.
 * All calls share one supervisor, which is made at the first and keeps no event loop alive.
 *
 * @example
 * const record = await run("git", ["rev-parse", "HEAD"], { cwd: "/srv/app", timeout: 1000 });
 */
export async function run(file: string, args: readonly string[] = [], options: RunOptions = {}): Promise<ExitRecord> {
  if (!Array.isArray(args)) throw invalid("args", "a list of words", shown(args));
  const { env = [], signal, ...rest } = table(options, "options", "an object");
  shared ??= new Supervisor();
  return shared.spawn({ ...rest, argv: [file, ...args], env }, { signal }).exited;
}

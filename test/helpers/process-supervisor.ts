import type { TestContext } from "node:test";
import { type ExitRecord, type SpawnSpec, Supervisor, type SupervisorOptions } from "../../lib/process/index.ts";
import { cleanUp } from "./clean-up.ts";
import { holdings, nothingLeft } from "./process-left.ts";

/** A spec without the parts that every test would repeat: `env` is empty unless given. */
export type Rest = Partial<Omit<SpawnSpec, "argv">>;

/** A supervisor for one test: closed after it, and the test fails when a child, a descriptor or a thread is left. */
export function supervise(t: TestContext, options: SupervisorOptions = {}): Supervisor {
  const known = opened.get(t);
  const all = known ?? [];
  if (known === undefined) {
    opened.set(t, all);
    const before = holdings();
    cleanUp(t, async () => {
      await Promise.all(all.map((supervisor) => supervisor.close()));
      await nothingLeft(before);
    });
  }
  const supervisor = new Supervisor(options);
  all.push(supervisor);
  return supervisor;
}

const opened = new WeakMap<TestContext, Supervisor[]>();

/** The spec of a shell script; its further words are `$1`, `$2`, ... */
export function sh(script: string, rest: Rest = {}, ...words: readonly string[]): SpawnSpec {
  return command(["/bin/sh", "-c", script, "sh", ...words], rest);
}

/** The spec of a command. What should end and does not fails its test in a minute instead of holding it up for ever. */
export function command(argv: readonly string[], rest: Rest = {}): SpawnSpec {
  return { env: [], timeout: 60_000, ...rest, argv };
}

/** Runs a script to its end in the first supervisor of the test. */
export function runScript(t: TestContext, script: string, rest: Rest = {}): Promise<ExitRecord> {
  return runCommand(t, ["/bin/sh", "-c", script], rest);
}

/** Runs a command to its end in the first supervisor of the test. */
export function runCommand(t: TestContext, argv: readonly string[], rest: Rest = {}): Promise<ExitRecord> {
  const supervisor = opened.get(t)?.[0] ?? supervise(t);
  return supervisor.spawn(command(argv, rest)).exited;
}

/** What a process printed on standard output, as text. */
export function printed(record: ExitRecord): string {
  return record.stdout.data.toString();
}

/** The facts of how a process ended, without figures and output: to be compared as a whole. */
export function ending(record: ExitRecord): Pick<ExitRecord, "how" | "code" | "signal" | "reason" | "step" | "errno"> {
  const { how, code, signal, reason, step, errno } = record;
  return { how, code, signal, reason, step, errno };
}

/** `ending` of a process that ended like this; everything else is null. */
export function ended(how: ExitRecord["how"], facts: Partial<ReturnType<typeof ending>> = {}): object {
  return { how, code: null, signal: null, reason: null, step: null, errno: null, ...facts };
}

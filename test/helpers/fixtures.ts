import { join } from "node:path";

const FIXTURES = join(import.meta.dirname, "../fixtures");

/** The words of a command that answers with what it was given, as JSON: `argv`, `env`, `cwd`. */
export const TELL: readonly string[] = [process.execPath, join(FIXTURES, "tell.mjs")];

/** The words of a command that answers with its first argument, of the content type in its second. */
export const ANSWER: readonly string[] = ["/bin/sh", join(FIXTURES, "answer.sh")];

/** What a process answered that ran {@link TELL}. */
export interface Told {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** A command as YAML. */
export function words(...cmd: readonly string[]): string {
  return JSON.stringify(cmd);
}

/** A command, as YAML, that sleeps for a minute, whatever its payload. */
export const SLEEP = words("/bin/sh", "-c", "exec sleep 60");

import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { ConfigError, type Mistake } from "../config/index.ts";
import { exposure } from "../core/exposure.ts";
import { parseEnvFile } from "./env-file.ts";

export interface EnvironmentOptions {
  /** Exact names, or `PREFIX_*` for every name that begins so. */
  readonly passEnv: readonly string[];
  /** Absolute paths; what stands in a later one wins. */
  readonly envFiles: readonly string[];
  /** Names that no process may get, whatever `passEnv` says: they hold our own secrets. */
  readonly withheld: ReadonlySet<string>;
  /** Our own environment. */
  readonly own: Readonly<Record<string, string | undefined>>;
  readonly warn: (message: string) => void;
}

/**
 * The variables (`NAME=value`) that every process gets below what its route's `env` says: those of ours that `passEnv`
 * names, then those of the files. A variable that is not set is not passed, nor one whose name is no plain name (shell
 * functions travel in those). Throws ConfigError with every mistake in the files.
 */
export function baseEnvironment(options: EnvironmentOptions): string[] {
  const { passEnv, envFiles, withheld, own, warn } = options;
  const base = new Map<string, string>();
  for (const [name, value] of Object.entries(own)) {
    if (value === undefined || withheld.has(name) || !NAME.test(name)) continue;
    if (passEnv.some((pattern) => matches(pattern, name))) base.set(name, value);
  }
  const mistakes: Mistake[] = [];
  for (const file of envFiles) {
    const read = readEnvFile(file, warn);
    mistakes.push(...read.mistakes);
    for (const [name, value] of read.variables) base.set(name, value);
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return Array.from(base, ([name, value]) => `${name}=${value}`);
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

function matches(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

function readEnvFile(file: string, warn: (message: string) => void): ReturnType<typeof parseEnvFile> {
  try {
    const fd = openSync(file, "r");
    try {
      const exposed = exposure("the environment file", file, fstatSync(fd));
      if (exposed !== undefined) warn(exposed);
      const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(fd));
      return parseEnvFile(text, file);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    const got = error instanceof TypeError ? "other bytes" : (error as NodeJS.ErrnoException).code;
    const message = `expected the environment file to be readable UTF-8 text, got ${got}`;
    return { variables: new Map(), mistakes: [{ file, position: { line: 1, column: 1 }, message }] };
  }
}

import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { SpawnSpec } from "../process/index.ts";

/** The file that would be executed, and why that would fail, as far as one can see without trying. */
export interface FoundProgram {
  /** Absolute; undefined when nothing of the name is there. */
  readonly path: string | undefined;
  readonly fault: string | undefined;
}

/** Looks a command up as execve(2) and the `PATH` of its environment would. */
export function findProgram({ argv, file, env, cwd = "." }: SpawnSpec): FoundProgram {
  const name = file ?? argv[0] ?? "";
  const path = name.includes("/") ? resolve(cwd, name) : search(name, pathOf(env), cwd);
  if (path === undefined) return { path, fault: `no program ${name} in PATH=${pathOf(env)}` };
  const fault = faultOf(path) ?? faultOfInterpreter(path, pathOf(env), cwd);
  return { path, fault };
}

function pathOf(env: SpawnSpec["env"]): string {
  if (!Array.isArray(env)) return (env as Readonly<Record<string, string | undefined>>).PATH ?? "";
  return env.find((entry: string) => entry.startsWith("PATH="))?.slice("PATH=".length) ?? "";
}

function search(name: string, path: string, cwd: string): string | undefined {
  return path
    .split(":")
    .map((folder) => resolve(cwd, join(folder, name)))
    .find((candidate) => faultOf(candidate) === undefined);
}

function faultOf(path: string): string | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return `there is no ${path}`;
    if (!stat.isFile()) return `${path} is not a file`;
    accessSync(path, constants.X_OK);
    return undefined;
  } catch (error) {
    return `${path} can't be executed: ${(error as NodeJS.ErrnoException).code}`;
  }
}

/** A script fails with "no such file" when it is there and the interpreter in its first line is not. */
function faultOfInterpreter(path: string, searched: string, cwd: string): string | undefined {
  const [, interpreter = "", argument] = /^#![ \t]*(\S+)(?:[ \t]+(\S+))?/.exec(firstBytes(path)) ?? [];
  if (interpreter === "") return undefined;
  const fault = faultOf(resolve(cwd, interpreter));
  if (fault !== undefined) return `${path} is a script of ${interpreter}: ${fault}`;
  const byEnv = /(^|\/)env$/.test(interpreter) && argument !== undefined && /^[\w.+-]*$/.test(argument);
  if (!byEnv || argument.startsWith("-") || search(argument, searched, cwd) !== undefined) return undefined;
  return `${path} is a script of ${argument}: no program ${argument} in PATH=${searched}`;
}

/** What the kernel looks at; empty where we may execute a file and not read it. */
function firstBytes(path: string): string {
  const bytes = Buffer.alloc(256);
  try {
    const fd = openSync(path, "r");
    try {
      return bytes.toString("latin1", 0, readSync(fd, bytes));
    } finally {
      closeSync(fd);
    }
  } catch {
    return "";
  }
}

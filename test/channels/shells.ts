import { spawnSync } from "node:child_process";
import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cmdline } from "../../lib/channels/cmdline.ts";
import type { Message } from "../../lib/core/message.ts";
import { options, variables } from "./options.ts";

/** A shell of this machine: the words in front of `-c`. */
export type Shell = readonly [program: string, ...words: string[]];

/** The different shells of this machine, `/bin/sh` first. */
export function findShells(): Shell[] {
  const wanted: Shell[] = [["sh"], ["bash"], ["dash"], ["busybox", "sh"], ["mksh"], ["zsh"]];
  const found = new Map<string, Shell>();
  for (const [name, ...words] of wanted) {
    const program = findProgram(name);
    if (program === undefined) continue;
    const real = realpathSync(program);
    if (!found.has(real)) found.set(real, [program, ...words]);
  }
  return [...found.values()];
}

/** What a script prints that is run for this message as the channel `cmdline` says. */
export function runScript(shell: Shell, script: string, asked: Message, cwd: string): string {
  const spec = cmdline(options({ cmd: [...shell, "-c", script] }))(asked);
  const [program = "", ...words] = spec.argv;
  const run = spawnSync(program, words, {
    cwd,
    env: variables(spec.env),
    encoding: "utf8",
    // Bash reads ~/.bashrc when its input is a socket, which is what a pipe of node's is.
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (run.error) throw run.error;
  if (run.status !== 0 || run.stderr !== "") {
    throw new Error(`expected ${spec.argv.join(" ")} to succeed, got ${run.status ?? run.signal}: ${run.stderr}`);
  }
  return run.stdout;
}

function findProgram(name: string): string | undefined {
  const files = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  return files.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

import type { Command } from "commander";
import { bashCompletion } from "./completion/bash.ts";
import { fishCompletion } from "./completion/fish.ts";
import { describeProgram } from "./completion/words.ts";
import { zshCompletion } from "./completion/zsh.ts";
import { OK } from "./exit-codes.ts";
import { print } from "./print.ts";

/** The shells that there is a completion for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

/** Prints the completion of the command line for a shell; made from the command line itself, so that none is forgotten. */
export async function completion(shell: Shell, program: Command): Promise<number> {
  await print(WRITE[shell](describeProgram(program)));
  return OK;
}

const WRITE = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

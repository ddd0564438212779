import { CommanderError } from "commander";
import { createProgram } from "./commands.ts";
import { MISUSE, OK } from "./exit-codes.ts";

/** Runs the command line `argv` (as `process.argv` has it); resolves with the exit code: 2 for a wrong one. */
export async function main(argv: readonly string[]): Promise<number> {
  let code = OK;
  const program = createProgram((ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    // The library has printed its message, help or version already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? OK : MISUSE;
    throw error;
  }
}

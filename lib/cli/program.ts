import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { run } from "./run.ts";

/** Runs the command line `argv` (as `process.argv` has it); resolves with the exit code: 2 for a wrong one. */
export async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  const program = new Command("urocket")
    .description("Turns any executable into a production HTTP endpoint.")
    .version(version())
    .exitOverride();
  program
    .command("run", { isDefault: true })
    .description("run the gateway of a configuration file (this is what urocket does without a command, too)")
    .requiredOption("-c, --config <file>", "the configuration file")
    .allowExcessArguments(false)
    .action(async ({ config }: { config: string }) => {
      code = await run(config);
    });
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    // The library has printed its message, help or version already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

function version(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;
}

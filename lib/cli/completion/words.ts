import type { Command } from "commander";

/** An option as a shell completes it. */
export interface OptionWords {
  /** `-c`, `--config`; short before long. */
  readonly flags: readonly string[];
  readonly description: string;
  /** What follows: nothing, a file, or something that no shell can guess. */
  readonly value: "none" | "file" | "text";
}

/** A command as a shell completes it. */
export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** What its argument may be; where that is undefined, any file, where it is empty, nothing. */
  readonly choices: readonly string[] | undefined;
}

/** The whole command line as shells complete it. */
export interface ProgramWords {
  readonly name: string;
  readonly options: readonly OptionWords[];
  readonly commands: readonly CommandWords[];
}

/** What there is to complete: the tree of commands in plain words. */
export function describeProgram(program: Command): ProgramWords {
  const commands = program.createHelp().visibleCommands(program).map(describeCommand);
  // What stands before a command is an option of the usual one, too.
  const usual = commands.find(({ name }) => name === "run")?.options ?? [];
  const own = optionsOf(program);
  const known = new Set(own.flatMap(({ flags }) => flags));
  return {
    name: program.name(),
    options: [...own, ...usual.filter(({ flags }) => !flags.some((flag) => known.has(flag)))],
    commands,
  };
}

function describeCommand(command: Command): CommandWords {
  return {
    name: command.name(),
    description: command.description(),
    options: optionsOf(command),
    choices: choicesOf(command),
  };
}

function optionsOf(command: Command): OptionWords[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ short, long, description, flags, required, optional }) => ({
      flags: [short, long].filter((flag) => flag !== undefined),
      description,
      // A body may be that of a file.
      value: /<(file|body)>/.test(flags) ? "file" : required || optional ? "text" : "none",
    }));
}

function choicesOf(command: Command): readonly string[] | undefined {
  const [argument] = command.registeredArguments;
  // A path of a route is no file.
  if (argument === undefined || argument.name() === "path") return [];
  if (command.name() === "help") return command.parent?.commands.map((other) => other.name()) ?? [];
  return argument.argChoices;
}

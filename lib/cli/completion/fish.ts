import type { CommandWords, OptionWords, ProgramWords } from "./words.ts";

/** The completion for fish, to be sourced or put among its completions. */
export function fishCompletion({ name, options, commands }: ProgramWords): string {
  const none = `not __fish_seen_subcommand_from ${commands.map((command) => command.name).join(" ")}`;
  const lines = [
    `# Completion of ${name} for fish: ${name} completion fish | source`,
    `complete -c ${name} -f`,
    ...commands.map((command) => line(name, none, `-a ${command.name}`, command.description)),
    ...options.map((option) => line(name, none, flagsOf(option), option.description)),
    ...commands.flatMap((command) => ofCommand(name, command)),
  ];
  return `${lines.join("\n")}\n`;
}

function ofCommand(program: string, { name, options, choices }: CommandWords): string[] {
  const seen = `__fish_seen_subcommand_from ${name}`;
  const argument = choices === undefined ? "-F" : choices.length > 0 ? `-a ${quoted(choices.join(" "))}` : undefined;
  return [
    ...(argument === undefined ? [] : [`complete -c ${program} -n ${quoted(seen)} ${argument}`]),
    ...options.map((option) => line(program, seen, flagsOf(option), option.description)),
  ];
}

function flagsOf({ flags, value }: OptionWords): string {
  const words = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  return [...words, ...AFTER[value]].join(" ");
}

const AFTER = { none: [], file: ["-r", "-F"], text: ["-x"] } as const;

function line(program: string, condition: string, what: string, description: string): string {
  return `complete -c ${program} -n ${quoted(condition)} ${what} -d ${quoted(description)}`;
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}

import type { CommandWords, OptionWords, ProgramWords } from "./words.ts";

/** The completion for zsh: a file `_urocket` of its `fpath`, or to be sourced. */
export function zshCompletion({ name, options, commands }: ProgramWords): string {
  return `#compdef ${name}
# Completion of ${name} for zsh: source <(${name} completion zsh)
_${name}() {
  local curcontext=$curcontext state line
  local -a commands=(
${commands.map((command) => `    ${quoted(`${command.name}:${command.description}`)}`).join("\n")}
  )
  _arguments -C \\
${options.flatMap(specs).map(continued).join("")}    '1: :->command' \\
    '*:: :->rest' && return
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $line[1] in
${commands.map(branch).join("\n")}
      esac
      ;;
  esac
}
compdef _${name} ${name}
`;
}

function branch({ name, options, choices }: CommandWords): string {
  const specifications = options.flatMap(specs).map((spec) => ` ${spec}`);
  const argument =
    choices === undefined ? " ':file:_files'" : choices.length > 0 ? ` '1: :(${choices.join(" ")})'` : "";
  return `        ${name}) _arguments${specifications.join("")}${argument} ;;`;
}

function specs({ flags, description, value }: OptionWords): string[] {
  // Brackets and colons have a meaning in there.
  const text = description.replace(/[[\]:\\]/g, "\\$&");
  return flags.map((flag) => quoted(`(${flags.join(" ")})${flag}[${text}]${AFTER[value]}`));
}

const AFTER = { none: "", file: ":file:_files", text: ":value: " } as const;

function continued(spec: string): string {
  return `    ${spec} \\\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

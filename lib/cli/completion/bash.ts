import type { CommandWords, OptionWords, ProgramWords } from "./words.ts";

/** The completion for bash, to be sourced. */
export function bashCompletion({ name, options, commands }: ProgramWords): string {
  const names = commands.map((command) => command.name);
  const all = [...options, ...commands.flatMap((command) => command.options)];
  return `# Completion of ${name} for bash: source <(${name} completion bash)
_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command= words= files= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${valued(all, ["file", "text"])}) ((i++)) ;;
      ${names.join(" | ")})
        command=\${COMP_WORDS[i]}
        break
        ;;
    esac
  done
  case $command in
    "") words="${[...names, ...flags(options)].join(" ")}" ;;
${commands.map(branch).join("\n")}
  esac
  case $previous in
    ${valued(all, ["file"])}) words= files=yes ;;
    ${valued(all, ["text"])}) words= files= ;;
  esac
  [[ -z $files ]] || compopt -o filenames
  mapfile -t COMPREPLY < <(
    [[ -z $words ]] || compgen -W "$words" -- "$current"
    [[ -z $files ]] || compgen -f -- "$current"
  )
}
complete -F _${name} ${name}
`;
}

function branch({ name, options, choices }: CommandWords): string {
  const words = [...(choices ?? []), ...flags(options)].join(" ");
  return `    ${name}) words="${words}"${choices === undefined ? " files=yes" : ""} ;;`;
}

function flags(options: readonly OptionWords[]): string[] {
  return options.flatMap((option) => option.flags);
}

function valued(options: readonly OptionWords[], values: readonly OptionWords["value"][]): string {
  return [...new Set(flags(options.filter(({ value }) => values.includes(value))))].join(" | ");
}

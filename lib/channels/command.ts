import { UrocketError } from "../core/errors.ts";
import { type Placeholder, parseTemplate, type TemplatePart } from "../core/template.ts";
import { codeFromInput } from "./shell/code-from-input.ts";
import { codeWords } from "./shell/code-words.ts";
import { programIndex } from "./shell/wrappers.ts";
import { rewriteScript } from "./shell-script.ts";
import { namedByHand } from "./variables.ts";
import { usesPlaceholder } from "./words.ts";

/** A command whose placeholders stand only where their values can't be taken for code. */
export interface CompiledCommand {
  readonly argv: readonly (readonly TemplatePart[])[];
  /** The placeholders whose values travel in variables. */
  readonly variables: readonly Placeholder[];
}

/** Takes the placeholders out of the shell scripts of a command and leaves the others where they are. */
export function compileCommand(cmd: readonly string[]): CompiledCommand {
  const argv = cmd.map((word) => parseTemplate(word));
  checkProgram(cmd, argv);
  const variables = new Set(cmd.flatMap(namedByHand));
  for (const code of codeWords(cmd, (index) => filled(argv, index))) {
    const script = cmd[code.index];
    if (script === undefined) {
      throw new UrocketError("config-invalid", `expected \`cmd\` to give ${code.shell} a script, got none`);
    }
    if (!filled(argv, code.index)) continue;
    if (code.kind !== "script") throw refusal(code.shell, argv[code.index] ?? [], code.reason);
    const rewritten = rewriteScript(script);
    argv[code.index] = [{ kind: "text", source: rewritten.script }];
    for (const name of rewritten.variables) variables.add(name);
  }
  return { argv, variables: [...variables] };
}

/** Refuses a command whose program would run what it reads from standard input, where the payload is. */
export function checkInput(cmd: readonly string[]): void {
  const program = codeFromInput(cmd);
  if (program === undefined) return;
  throw new UrocketError(
    "config-invalid",
    `expected \`cmd\` to give ${program} a script, got none: it would run the payload`,
  );
}

// A caller that chose the program could run any.
function checkProgram(cmd: readonly string[], argv: readonly (readonly TemplatePart[])[]): void {
  const index = programIndex(cmd, (at) => filled(argv, at));
  if (!filled(argv, index)) return;
  throw new UrocketError("config-invalid", `expected \`cmd\` to name a constant program, got ${cmd[index]}`);
}

function filled(argv: readonly (readonly TemplatePart[])[], index: number): boolean {
  const parts = argv[index];
  return parts !== undefined && usesPlaceholder(parts);
}

function refusal(shell: string, parts: readonly TemplatePart[], reason: string): UrocketError {
  const placeholder = parts.find((part) => part.kind === "placeholder")?.source;
  return new UrocketError(
    "config-invalid",
    `expected \`cmd\` to give ${shell} constant code, got ${placeholder} in it: ${reason}`,
  );
}

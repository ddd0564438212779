import { OTHER_SHELL, readOptions, SHELL } from "./code-words.ts";
import { interpreterCode } from "./interpreters.ts";
import { basename, programIndex } from "./wrappers.ts";

/** The shell or interpreter that a command would give its standard input to as code; undefined when there is none. */
export function codeFromInput(words: readonly string[]): string | undefined {
  const at = programIndex(words, constant);
  const name = basename(words[at] ?? "");
  return readsCode(words, at, name) ? name : undefined;
}

function readsCode(words: readonly string[], at: number, name: string): boolean {
  if (SHELL.test(name)) {
    const { index, inline, stdin } = readOptions({ words, at, filled: constant });
    return !inline && (stdin || isInput(words[index]));
  }
  if (OTHER_SHELL.test(name)) return at === words.length - 1;
  if (LATER.test(name)) return !words.some((word) => /^-\w*f/.test(word));
  const code = interpreterCode(words, at, name, constant);
  if (code === undefined) return false;
  const named = code.script === undefined ? code.inline : [...code.inline, code.script];
  return named.length === 0 || named.some((index) => isInput(words[index]));
}

// They keep what they read, and give it to a shell later.
const LATER = /^(?:at|batch)$/;

// A script that is not given comes from standard input.
function isInput(script: string | undefined): boolean {
  return script === undefined || ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].includes(script);
}

function constant(): boolean {
  return false;
}

import { codeWords } from "./code-words.ts";
import { ASSIGNMENT, basename, programIndex } from "./wrappers.ts";

/** A word of a script, as far as it matters here. */
export interface Word {
  /** Without its quotes; everything else as it was written. */
  text: string;
  /** Some of it was quoted, so that it is no reserved word. */
  quoted: boolean;
  /** It holds a placeholder, perhaps inside of a command substitution. */
  filled: boolean;
}

/** Why a command of a script would take the value of a placeholder for code, however it is quoted; undefined if not. */
export function hazard(words: readonly Word[]): string | undefined {
  if (!words.some((word) => word.filled)) return undefined;
  const texts = words.map((word) => word.text);
  const filled = (index: number): boolean => words[index]?.filled === true;
  const at = programIndex(texts, filled);
  if (filled(at)) return "where it names the program to run";
  const program = basename(texts[at] ?? "");
  if (READS_CODE.has(program)) return `as an argument of ${program}, which evaluates it`;
  if (OPEN_SUBSCRIPT.test(program)) return "in a subscript, which is evaluated";
  if (DECLARES.has(program) && !declaresText(program, words)) return `in ${program} other than as NAME=value`;
  if (TESTS.has(program) && texts.some((text) => NUMERIC_TEST.test(text))) return "in a test that evaluates numbers";
  if (PRINTS.has(program) && texts.some((text) => text === "-v" || NUMERIC_FORMAT.test(text))) {
    return `in a ${program} that evaluates numbers or names`;
  }
  if (program === "printf" && isOpenFormat(words.slice(at + 1))) return "in the format of a printf with arguments";
  if (program === "print" && isOpenToOptions(words.slice(at + 1))) return "where print may find an option";
  if (program !== "[[" && TESTS.has(program) && words.some((word, index) => word.filled && words[index + 1]?.filled)) {
    return "beside another one in a test, whose operator one of them could be";
  }
  if (program === "set" && texts.some((text) => /^[-+]\w*A/.test(text))) return "in set -A, which evaluates names";
  const code = codeWords(texts, filled).find(({ index }) => filled(index));
  return code && `in the code of ${code.shell} inside of the script`;
}

// Bash, ksh, mksh and zsh run `$(...)` in a subscript wherever they evaluate a name or a number: a payload
// `a[$(reboot)]` need not be pasted to be run. Each of these is closed, although no shell does it in all of them.
const READS_CODE: ReadonlySet<string> = new Set([
  ..."eval . source trap let alias unset read mapfile readarray getopts bind complete compgen enable fc".split(" "),
  ..."exit return shift break continue ulimit emulate nameref getln vared".split(" "),
]);

const DECLARES: ReadonlySet<string> = new Set(
  "declare typeset local export readonly integer float private global".split(" "),
);

const TESTS: ReadonlySet<string> = new Set(["test", "[", "[["]);

const NUMERIC_TEST = /^-(?:eq|ne|lt|le|gt|ge|v|R|t)$/;

const PRINTS: ReadonlySet<string> = new Set(["printf", "print"]);

const NUMERIC_FORMAT = /%[-+ #0-9.*]*[^-+ #0-9.*sbq%]/;

/** With arguments to come, `-va[$(reboot)]` is an option of bash's, and `%d` would have them evaluated by others. */
function isOpenFormat([first, ...rest]: readonly Word[]): boolean {
  if (first?.text === "--") return isOpenFormat(rest);
  return first?.filled === true && rest.length > 0;
}

/** Whether print may read a value among its options: `-va[$(reboot)]` is one of zsh's. */
function isOpenToOptions(words: readonly Word[]): boolean {
  const end = words.findIndex(({ text, filled }) => filled || text === "--" || !/^-./.test(text));
  const word = words[end];
  return word?.filled === true && /^[{$-]/.test(word.text);
}

// Bash takes `a[1 + {{path}}]=2` for one assignment, although it looks like three words.
const OPEN_SUBSCRIPT = /^\w+\[[^\]]*$/;

function declaresText(program: string, words: readonly Word[]): boolean {
  // -i evaluates the value, -n makes it the name of another variable.
  const evaluates = program === "integer" || program === "float" || words.some(({ text }) => /^-\w*[inEF]/.test(text));
  return !evaluates && words.every(({ text, filled }) => !filled || ASSIGNMENT.test(text));
}

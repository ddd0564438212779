import { interpreterCode } from "./interpreters.ts";
import { basename, keepsEnvironment } from "./wrappers.ts";

/** A word of a command that a shell or another interpreter reads as code. */
export type CodeWord =
  /** The script of `sh -c`, in a process that gets the environment we give it; one past the end if it is missing. */
  | { readonly kind: "script"; readonly shell: string; readonly index: number }
  /** Code that nothing may be filled in, because of `reason`. */
  | { readonly kind: "opaque"; readonly shell: string; readonly index: number; readonly reason: string };

/** Finds the words of a command that are read as code; `filled` tells which words hold a placeholder. */
export function codeWords(words: readonly string[], filled: (index: number) => boolean): CodeWord[] {
  return words.flatMap((word, at): readonly CodeWord[] => {
    const shell = basename(word);
    if (SHELL.test(shell)) return posixCode({ words, at, shell, filled });
    if (JOINS.test(shell) && mayRun(words.slice(0, at))) return joinedCode({ words, at, shell, filled });
    if (shell === "env") return splitCode({ words, at, shell, filled });
    if (OTHER_SHELL.test(shell)) return otherCode({ words, at, shell, filled });
    return languageCode({ words, at, shell, filled });
  });
}

/** They join the words of a command and give them to a shell, here or elsewhere. */
const JOINS = /^(?:ssh|autossh|slogin|mosh|sg|watch|parallel|sem)$/;

/** They run the command that stands somewhere behind their own options, perhaps as somebody else. */
const RUNS =
  /^(?:sudo|doas|su-exec|gosu|runuser|sshpass|setpriv|unshare|nsenter|chroot|systemd-run|prlimit|strace|flock|xargs)$/;

function mayRun(before: readonly string[]): boolean {
  return keepsEnvironment(before) || before.some((word) => RUNS.test(basename(word)));
}

interface Call {
  readonly words: readonly string[];
  /** Where the shell's name stands. */
  readonly at: number;
  readonly shell: string;
  readonly filled: (index: number) => boolean;
}

/** The shells whose scripts are ours to quote. */
export const SHELL = /^-?r?(?:sh|bash|dash|ash|ksh|ksh93|mksh|oksh|lksh|pdksh|yash|posh|zsh)(?:-?[\d.]+)?$/;

/** They have a `-c` as well, but what follows is not ours to quote. */
export const OTHER_SHELL = /^(?:fish|t?csh|pwsh|powershell|nu|elvish|xonsh|rc|es|su|runuser|sg|flock|script)$/;

function posixCode(call: Call): CodeWord[] {
  const { words, at, shell, filled } = call;
  const { index, inline, stdin } = readOptions(call);
  const direct = keepsEnvironment(words.slice(0, at));
  if (index >= words.length) return inline && direct ? [{ kind: "script", shell, index }] : [];
  if (filled(index) && /^[-+]/.test(words[index] ?? "")) {
    return [{ kind: "opaque", shell, index, reason: `${shell} would take it for an option` }];
  }
  if (inline && direct) return [{ kind: "script", shell, index }];
  if (inline) {
    const reason = `${basename(words[0] ?? "")} may run ${shell} in another environment; write "$1" in the script and give the placeholder as an argument of its own: ${shell} -c '...' ${shell} {{jsonpayload}}`;
    return [{ kind: "opaque", shell, index, reason }];
  }
  return direct && !stdin ? [{ kind: "opaque", shell, index, reason: "it would name the script to run" }] : [];
}

/** The way a POSIX shell reads its options: they end at the first word that is none, even behind a `-c`. */
export function readOptions({ words, at, filled }: Omit<Call, "shell">): {
  index: number;
  inline: boolean;
  stdin: boolean;
} {
  let [index, inline, stdin] = [at + 1, false, false];
  for (; index < words.length && !filled(index); index++) {
    const word = words[index] ?? "";
    if (word === "--" || word === "-") return { index: index + 1, inline, stdin };
    if (!/^[-+]./.test(word)) break;
    if (word.startsWith("--")) {
      if (word === "--rcfile" || word === "--init-file") index++;
      continue;
    }
    if (word.startsWith("-")) {
      inline ||= word.includes("c");
      stdin ||= word.includes("s");
    }
    // Each `o` (bash: `O`) takes a word of its own: `-euo pipefail`.
    index += word.replace(/[^oO]/g, "").length;
  }
  return { index, inline, stdin };
}

function otherCode({ words, at, shell }: Call): CodeWord[] {
  const reason = `its quoting is its own; write "$UROCKET_JSONPAYLOAD" by hand or use another channel`;
  const option = words.findIndex((word, index) => index > at && /^(?:-\w*c|-c.+|--command(?:=.*)?)$/is.test(word));
  if (option === -1) return [];
  const separate = /^(?:-\w*c|--command)$/i.test(words[option] ?? "");
  return [{ kind: "opaque", shell, index: separate ? option + 1 : option, reason }];
}

function joinedCode({ words, at, shell }: Call): CodeWord[] {
  const where = shell === "ssh" ? "the shell on the other side" : "a shell";
  const reason = `its words are code for ${where}; use another channel`;
  return words.slice(at + 1).map((_word, index) => ({ kind: "opaque", shell, index: at + 1 + index, reason }));
}

/** `env -S 'sh -c' x` takes a word apart and runs it, with all that follows as arguments. */
function splitCode({ words, at, shell }: Call): CodeWord[] {
  for (let index = at + 1; /^-./.test(words[index] ?? ""); index++) {
    const word = words[index] ?? "";
    if (/^(?:-[^-=]*S|--s)/.test(word)) {
      const reason = "-S takes a command apart that can't be looked into; give its words as words of `cmd`";
      return words.slice(index).map((_word, behind) => ({ kind: "opaque", shell, index: index + behind, reason }));
    }
    if (/^(?:-[uC]|--unset|--chdir)$/.test(word)) index++;
  }
  return [];
}

function languageCode({ words, at, shell, filled }: Call): CodeWord[] {
  const code = interpreterCode(words, at, shell, filled);
  if (code === undefined) return [];
  const opaque = (index: number, reason: string): CodeWord => ({ kind: "opaque", shell, index, reason });
  const found = code.inline.map((index) =>
    opaque(index, `${shell} would run it; read an argument or a variable there`),
  );
  const direct = keepsEnvironment(words.slice(0, at));
  if (code.script !== undefined && direct) found.push(opaque(code.script, "it would name the program to run"));
  return found;
}

/** Whether these words, put before a program, run it with the environment they were given: `env A=b`, `nice -n 5`. */
export function keepsEnvironment(words: readonly string[]): boolean {
  const clears = words.some((word, index) => isNamed(word, "env") && words[index + 1]?.startsWith("-"));
  return !clears && programIndex(words, () => false) === words.length;
}

/** Where the program stands among words that may begin with wrappers; `filled` words are never taken for an option. */
export function programIndex(words: readonly string[], filled: (index: number) => boolean): number {
  let wrapped = false;
  for (const [index, word] of words.entries()) {
    const skipped =
      (!filled(index) && WRAPPERS.has(basename(word))) ||
      (wrapped && (ASSIGNMENT.test(word) || (!filled(index) && OPERAND.test(word))));
    if (!skipped) return index;
    wrapped = true;
  }
  return words.length;
}

/** `NAME=value`, `NAME+=value`, or `NAME[constant]=value`. */
export const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[[^\]{]+\])?\+?=/;

/** The last part of a path. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

// Programs, and words of the shell itself, that run the command behind them.
const WRAPPERS: ReadonlySet<string> = new Set([
  ..."env nice ionice nohup setsid stdbuf timeout time chrt taskset tini dumb-init catchsegv busybox toybox".split(" "),
  ..."exec command builtin coproc repeat noglob nocorrect".split(" "),
]);

// What a wrapper takes before the command: options, numbers and durations, names of signals.
const OPERAND = /^(?:-.*|[\d.]+[smhd]?|[A-Z]+\d*)$/;

function isNamed(word: string, name: string): boolean {
  return basename(word) === name;
}

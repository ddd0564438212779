/** The words of a command line, or what is wrong with it and where. */
export type Split = { readonly words: readonly string[] } | { readonly fault: string; readonly offset: number };

/**
 * Splits a command line into words as a POSIX shell quotes: '...' is literal, "..." knows \" and \\, elsewhere a
 * backslash takes the next character as it is. Nothing is expanded and nothing is an operator; a `{{placeholder}}`
 * stays whole, so that whatever is filled in later is inside one word.
 *
 * @example
 * splitWords(`/bin/echo 'two words' {{ jsonpayload }}`); // {words: ["/bin/echo", "two words", "{{ jsonpayload }}"]}
 */
export function splitWords(line: string): Split {
  const words: string[] = [];
  let word: string | undefined;
  for (const { groups = {}, index } of line.matchAll(TOKEN)) {
    const { space, open, single, double, escaped, plain } = groups;
    if (open !== undefined) return { fault: FAULTS[open] ?? open, offset: index };
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      const piece = single ?? double?.replaceAll(/\\(["\\])/g, "$1") ?? escaped ?? plain;
      if (piece !== undefined) word = (word ?? "") + piece;
    }
  }
  if (word !== undefined) words.push(word);
  return { words };
}

/** Every character belongs to one token; a quote or backslash that begins no other token is an open one. */
const TOKEN = new RegExp(
  [
    // A backslash at the end of a line joins it to the next; the blanks around it still separate.
    String.raw`\\\n`,
    String.raw`(?<space>[ \t\r\n]+)`,
    "'(?<single>[^']*)'",
    String.raw`"(?<double>(?:[^"\\]|\\[^])*)"`,
    String.raw`\\(?<escaped>[^])`,
    String.raw`(?<open>['"\\])`,
    String.raw`(?<plain>\{\{[^{}\n]*\}\}|[^])`,
  ].join("|"),
  "g",
);

const FAULTS: Readonly<Record<string, string>> = {
  "'": "a closing ' for the one here",
  '"': 'a closing " for the one here',
  "\\": "a character after the last backslash",
};

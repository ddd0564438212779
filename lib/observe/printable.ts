/** Makes text fit one line of a log that a terminal may show: control characters, which could forge lines, become escapes. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => (character === "\t" ? character : escaped(character)));
}

/** The same for what may have colours of ours in it, and was JSON: that leaves only control characters beyond ASCII. */
export function printableColoured(text: string): string {
  return text.replace(/[\x7f-\x9f\u2028\u2029]/g, escaped);
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
}

/**
 * A word as a shell would have to be given it, on one line and safe to show: control characters, which could drive a
 * terminal, are escaped in the `$'...'` that bash, zsh and ksh know.
 */
export function shellWord(text: string): string {
  if (/^[\w@%+:,./-]+$/.test(text)) return text;
  if (UNSHOWN.test(text)) return `$'${text.replaceAll(SPECIAL, escaped)}'`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Whether a text can be shown as it is, on one line. */
export function isShowable(text: string): boolean {
  return !UNSHOWN.test(text);
}

/** Control and format characters, line separators, and halves of characters. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const SPECIAL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}'\\]/gu;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "'": "\\'", "\\": "\\\\" };

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hexadecimal = code.toString(16);
  return (
    NAMED[character] ?? (code > 0xffff ? `\\U${hexadecimal.padStart(8, "0")}` : `\\u${hexadecimal.padStart(4, "0")}`)
  );
}

import { isPlaceholder, PLACEHOLDERS, type Placeholder, placeholderMember } from "../core/template.ts";

/**
 * The environment variable that carries a placeholder's value into a shell script; no two placeholders share one.
 * `jsonpayload` is UROCKET_JSONPAYLOAD, `param.petId` UROCKET_PARAM_petId: the case of a name counts. That of a header
 * does not, and `header.x-trace` is UROCKET_HEADER_X_TRACE, as CGI would have it.
 */
export function variableName(name: Placeholder): string {
  const parts = placeholderMember(name);
  if (parts === undefined) return `UROCKET_${name.toUpperCase()}`;
  const { family, member } = parts;
  const written = family === "header" ? swapHyphens(member).toUpperCase() : member;
  return `UROCKET_${family.toUpperCase()}_${escaped(written)}`;
}

/** The placeholders that a word asks for by the name of their variable: `"$UROCKET_JSONPAYLOAD"` written by hand. */
export function namedByHand(word: string): Placeholder[] {
  const named = new Set<Placeholder>();
  for (const [variable] of word.matchAll(/(?<!\w)UROCKET_\w+/g)) {
    const name = placeholderOf(variable);
    if (name !== undefined) named.add(name);
  }
  return [...named];
}

// The placeholder whose variable this is: undefined for a variable that is somebody else's.
function placeholderOf(variable: string): Placeholder | undefined {
  const [, family = "", rest = ""] = /^UROCKET_(PARAM|QUERY|HEADER)_(\w+)$/.exec(variable) ?? [];
  if (family === "") return PLACEHOLDERS.find((name) => variableName(name) === variable);
  const member = unescaped(rest);
  const name = `${family.toLowerCase()}.${family === "HEADER" ? swapHyphens(member).toLowerCase() : member}`;
  return isPlaceholder(name) && variableName(name) === variable ? name : undefined;
}

// Letters and digits stay, and so does an underscore in front of one. Every other character is the hexadecimal number
// of its code point between `__` and `_`: no name can imitate that, for of two underscores the first never stays.
function escaped(member: string): string {
  return member.replace(/_(?![A-Za-z0-9])|[^\w]/gu, (char) => `__${hex(char)}_`);
}

function unescaped(text: string): string {
  return text.replace(/__([0-9A-F]{1,6})_/g, (_whole, digits) => {
    const point = Number.parseInt(digits, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : "";
  });
}

function hex(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).toUpperCase();
}

// Hyphens are the underscores of header names.
function swapHyphens(member: string): string {
  return member.replace(/[-_]/g, (char) => (char === "-" ? "_" : "-"));
}

const LONGEST = 80;

/** A value in a message: short, on one line, and of arrays and objects only their size, for they may hold secrets. */
export function show(value: unknown): string {
  if (value === undefined) return "none";
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : `an array of ${count(value.length, "item")}`;
  if (typeof value === "object" && value !== null) {
    const { length } = Object.keys(value);
    return length === 0 ? "an empty object" : `an object of ${count(length, "member")}`;
  }
  return typeof value === "string" ? showText(value) : String(value);
}

/** Like {@link show}, but tells of a secret only that it is there. */
export function showUnlessSecret(value: unknown, name: string): string {
  if (!isSecret(name) || (typeof value !== "string" && typeof value !== "number")) return show(value);
  return hidden(typeof value);
}

/** What is told of a secret. */
export function hidden(kind: string): string {
  return `a ${kind} that is not shown`;
}

/** Whether what is called so should not be shown to anybody. */
export function isSecret(name: string): boolean {
  return SECRET.test(name);
}

/** What a value can be: `"a"` or `one of "a", "b"`, as many as fit. */
export function showChoice(values: readonly unknown[], longest = LONGEST): string {
  let text = values.length > 1 ? "one of " : "";
  for (const [index, value] of values.entries()) {
    const item = typeof value === "object" && value !== null ? shorten(JSON.stringify(value)) : show(value);
    if (text.length + item.length > longest && index > 0) return `${text}, ... (${values.length} in all)`;
    text += index === 0 ? item : `, ${item}`;
  }
  return text;
}

/** `1 item`, `2 items`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Text that fits a message: long text is cut, without a half of a character left. */
export function shorten(text: string): string {
  if (text.length <= LONGEST) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
  return `${text.slice(0, end)}...`;
}

/** Text without the control characters that could forge lines in a log. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, escaped);
}

function showText(text: string): string {
  return printable(JSON.stringify(shorten(text)));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const SECRET =
  /pass(?:word|wd|phrase|code)|secret|token|api[-_]?key|authori[sz]ation|credential|cookie|session|signature/i;

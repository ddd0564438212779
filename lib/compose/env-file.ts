import type { Mistake } from "../config/index.ts";

/** What an environment file says: its variables in order, and what is wrong with it. */
export interface EnvFile {
  readonly variables: ReadonlyMap<string, string>;
  readonly mistakes: readonly Mistake[];
}

/**
 * Reads `NAME=value` lines. A line may begin with `export`; what follows a `#` at the start of a line or behind a space
 * is a comment. In 'single quotes' everything is literal, in "double quotes" a backslash escapes, and nothing is ever
 * expanded. `file` names the text in mistakes, which never quote a value: it may be a secret.
 */
export function parseEnvFile(text: string, file: string): EnvFile {
  const variables = new Map<string, string>();
  const mistakes: Mistake[] = [];
  for (const [index, line] of text
    .replace(/^\ufeff/, "")
    .split("\n")
    .entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const fault = (column: number, message: string) =>
      mistakes.push({ file, position: { line: index + 1, column: column + 1 }, message });
    const head = HEAD.exec(line);
    if (head === null) {
      fault(
        line.search(/\S/),
        "expected NAME=value, with a name of letters, digits and underscores, got something else",
      );
      continue;
    }
    const [{ length }, name = ""] = head;
    const value = readValue(line.slice(length).trimEnd());
    if (typeof value === "string") variables.set(name, value);
    else fault(length + value.at, value.message);
  }
  return { variables, mistakes };
}

const HEAD = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=[ \t]*/;

interface Fault {
  readonly at: number;
  readonly message: string;
}

function readValue(source: string): string | Fault {
  const quote = source[0];
  if (source.includes("\0")) return { at: source.indexOf("\0"), message: "expected text, got a NUL byte" };
  if (quote !== "'" && quote !== '"') return source.replace(/(^|\s+)#.*$/, "");
  const closing = quote === "'" ? source.indexOf("'", 1) : closingDouble(source);
  if (closing === -1) return { at: 0, message: `expected a closing ${quote} in this line, got its end` };
  const behind = source.slice(closing + 1);
  if (!/^\s*(#|$)/.test(behind) || /^#/.test(behind)) {
    return { at: closing + 1, message: `expected nothing or a comment behind the closing ${quote}, got more` };
  }
  const inner = source.slice(1, closing);
  return quote === "'" ? inner : unescaped(inner);
}

/** Where the first double quote stands that no backslash escapes; -1 when there is none. */
function closingDouble(source: string): number {
  const match = /^"(?:[^"\\]|\\.)*"/.exec(source);
  return match === null ? -1 : match[0].length - 1;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\", $: "$", "`": "`" };

/** A backslash before anything else stays, as in a shell. */
function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (both, escaped: string) => ESCAPES[escaped] ?? both);
}

import { readFileSync } from "node:fs";
import { InvalidArgumentError } from "commander";

/** Where a request goes, percent-encoded as a client sends it. */
export interface Target {
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

/** One header field, its name in lower case. */
export type Field = readonly [name: string, value: string];

/** `/pets?x=1`, also without its first slash, or a whole address. */
export function parseTarget(text: string): Target {
  const address = /^https?:\/\//i.test(text) ? text : `http://localhost${text.startsWith("/") ? "" : "/"}${text}`;
  if (!URL.canParse(address)) throw new InvalidArgumentError("Expected a path such as /pets?limit=3.");
  const { pathname, search } = new URL(address);
  return { path: pathname, query: search.slice(1) };
}

/** `Name: value`; each further one is added to those before. */
export function parseField(text: string, before: readonly Field[] = []): readonly Field[] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\0\r\n]*?)[ \t]*$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("Expected `Name: value`.");
  return [...before, [name.toLowerCase(), value]];
}

/** The text itself, or `@file` for the content of a file, `@-` for what comes on standard input. */
export function parseBody(text: string): Buffer {
  if (!text.startsWith("@")) return Buffer.from(text);
  try {
    return readFileSync(text === "@-" ? 0 : text.slice(1));
  } catch (error) {
    throw new InvalidArgumentError(`Expected a file that can be read. ${(error as Error).message}`);
  }
}

/** An HTTP method, in lower case. */
export function parseVerb(text: string): string {
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(text)) throw new InvalidArgumentError("Expected an HTTP method such as GET.");
  return text.toLowerCase();
}

import type { Position } from "./error.ts";

/** Why a text is no JSON: what could have stood at a place, and what stands there. */
export interface JsonFault {
  readonly expected: string;
  readonly got: string;
  readonly position: Position;
}

/**
 * Where a text that JSON.parse refused stops being JSON (RFC 8259); undefined if it is JSON after all.
 * The parser's own messages give the place in some cases and some versions only.
 */
export function jsonFault(text: string): JsonFault | undefined {
  const end = new Scanner(text).run();
  if (end === undefined) return undefined;
  const before = text.slice(0, end.offset).split("\n");
  const position = { line: before.length, column: (before.at(-1) ?? "").length + 1 };
  const found = text.codePointAt(end.offset);
  return {
    expected: end.expected,
    got: found === undefined ? "the end" : JSON.stringify(String.fromCodePoint(found)),
    position,
  };
}

interface End {
  readonly offset: number;
  readonly expected: string;
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Reads with a stack of its own: the nesting of a text is the choice of whoever sent it. */
class Scanner {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): End | undefined {
    const open: ("{" | "[")[] = [];
    for (;;) {
      const opened = this.#value();
      if (typeof opened === "object") return opened;
      let closed = false;
      if (opened !== "scalar") {
        open.push(opened);
        closed = this.#take(opened === "{" ? "}" : "]");
        if (closed) open.pop();
      }
      if (opened === "scalar" || closed) {
        while (open.length > 0 && this.#take(open.at(-1) === "{" ? "}" : "]")) open.pop();
        const last = open.at(-1);
        if (last === undefined) return this.#offset === this.#text.length ? undefined : this.#end("the end");
        if (!this.#take(",")) return this.#end(last === "{" ? '"," or "}"' : '"," or "]"');
      }
      if (open.at(-1) === "{") {
        const fault = this.#key();
        if (fault !== undefined) return fault;
      }
    }
  }

  #value(): End | "{" | "[" | "scalar" {
    this.#skip(SPACE);
    if (this.#take("{")) return "{";
    if (this.#take("[")) return "[";
    if (this.#text[this.#offset] === '"') return this.#string() ?? "scalar";
    const scalar = this.#skip(NUMBER) || this.#skip(WORD);
    this.#skip(SPACE);
    return scalar ? "scalar" : this.#end("a value");
  }

  #key(): End | undefined {
    if (this.#text[this.#offset] !== '"') return this.#end("a name in double quotes");
    return this.#string() ?? (this.#take(":") ? undefined : this.#end('":"'));
  }

  #string(): End | undefined {
    for (this.#offset++; ; ) {
      const character = this.#text[this.#offset];
      if (character === undefined || character < " ") return this.#end("the closing quote of a string");
      if (character === '"') break;
      if (character !== "\\") this.#offset++;
      else if (!this.#skip(ESCAPE)) return this.#end("an escape that JSON has");
    }
    this.#take('"');
    return undefined;
  }

  /** Takes one character and the space behind it, if it is the next. */
  #take(character: string): boolean {
    if (this.#text[this.#offset] !== character) return false;
    this.#offset++;
    this.#skip(SPACE);
    return true;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#offset;
    const found = pattern.test(this.#text);
    if (found) this.#offset = pattern.lastIndex;
    return found;
  }

  #end(expected: string): End {
    return { offset: this.#offset, expected };
  }
}

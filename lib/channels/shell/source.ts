import { UrocketError } from "../../core/errors.ts";
import { type Placeholder, parseTemplate } from "../../core/template.ts";
import { placeholderName } from "../values.ts";
import { variableName } from "../variables.ts";

/** A here-document whose body has not come yet. */
export interface HereDocument {
  readonly delimiter: string;
  /** Written `<<-`: tabs before a line don't count. */
  readonly stripTabs: boolean;
  /** The delimiter was not quoted, so that a backslash joins lines. */
  readonly expands: boolean;
}

interface Found {
  readonly source: string;
  readonly name: Placeholder;
}

/** A shell script while it is read from left to right and its placeholders are replaced by references to variables. */
export class ScriptSource {
  /** Reads a command substitution from behind its `$(` to behind its `)`. Given from outside, for it needs all the rest. */
  readonly readSubstitution: (source: ScriptSource) => void;
  readonly hereDocuments: HereDocument[] = [];
  readonly variables = new Set<Placeholder>();
  /** Placeholders replaced so far. */
  replaced = 0;
  at = 0;

  readonly #text: string;
  readonly #placeholders = new Map<number, Found>();
  #forbidden: string | undefined;
  #written = "";
  #writtenTo = 0;

  constructor(text: string, readSubstitution: (source: ScriptSource) => void) {
    this.#text = text;
    this.readSubstitution = readSubstitution;
    let at = 0;
    for (const part of parseTemplate(text)) {
      if (part.kind === "placeholder") {
        this.#placeholders.set(at, { source: part.source, name: placeholderName(part) });
      }
      at += part.source.length;
    }
  }

  get ended(): boolean {
    return this.at >= this.#text.length;
  }

  /** The script as it was rewritten so far. */
  get written(): string {
    return this.#written + this.#text.slice(this.#writtenTo, this.at);
  }

  /** The character `ahead` of here; empty past the end. */
  peek(ahead = 0): string {
    return this.#text[this.at + ahead] ?? "";
  }

  startsWith(text: string): boolean {
    return this.#text.startsWith(text, this.at);
  }

  /** What a sticky expression finds here. */
  match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.at;
    return expression.exec(this.#text);
  }

  /** The original text from `start` to here. */
  since(start: number): string {
    return this.#text.slice(start, this.at);
  }

  /** Whether a placeholder begins `ahead` of here. */
  placeholder(ahead = 0): boolean {
    return this.#placeholders.has(this.at + ahead);
  }

  /** Goes on by some characters of which none may begin a placeholder: that would be `where`. */
  skip(count: number, where = "in this place"): void {
    for (let ahead = 0; ahead < count; ahead++) {
      if (this.placeholder(ahead)) this.refuse(this.#forbidden ?? where, ahead);
    }
    this.at = Math.min(this.at + count, this.#text.length);
  }

  /** Replaces the placeholder here by the reference to its variable, between these quotes. */
  replace(before: string, after: string): void {
    const found = this.#placeholders.get(this.at);
    if (found === undefined) throw new TypeError("expected a placeholder here");
    if (this.#forbidden !== undefined) this.refuse(this.#forbidden);
    this.#written = `${this.written}${before}\${${variableName(found.name)}}${after}`;
    this.at += found.source.length;
    this.#writtenTo = this.at;
    this.variables.add(found.name);
    this.replaced++;
  }

  /** Reads something in which no placeholder can stand, at any depth. */
  forbid(where: string, read: () => void): void {
    const outer = this.#forbidden;
    this.#forbidden ??= where;
    read();
    this.#forbidden = outer;
  }

  /** Says that the placeholder `ahead` of here can't be made safe, or the one read last. */
  refuse(where: string, ahead = 0): never {
    const here = this.#placeholders.get(this.at + ahead) ?? this.#last();
    const variable = variableName(here.name);
    throw new UrocketError(
      "config-invalid",
      `expected ${here.source} where its value is plain text to the shell, got it ${where} (line ${this.#line} of the script): "$${variable}" holds the value, to be checked and quoted by hand`,
    );
  }

  /** Says that the script can't be understood well enough to put placeholders into it. */
  fail(what: string): never {
    throw new UrocketError(
      "config-invalid",
      `expected a shell script that placeholders can be put into, got ${what} (line ${this.#line} of the script): write "$UROCKET_JSONPAYLOAD" by hand instead of {{jsonpayload}}`,
    );
  }

  get #line(): number {
    return this.#text.slice(0, this.at).split("\n").length;
  }

  #last(): Found {
    let last: Found | undefined;
    for (const [at, found] of this.#placeholders) if (at < this.at) last = found;
    if (last === undefined) throw new TypeError("expected a placeholder to refuse");
    return last;
  }
}

import { hazard, type Word } from "./hazards.ts";
import { ASSIGNMENT } from "./wrappers.ts";

/**
 * Follows a list of commands word by word: which word is a program, which are its arguments, which are the patterns of
 * a `case`. Calls `refuse` with the place of a placeholder that no quoting makes safe there.
 */
export class SimpleCommands {
  /** The word that is being read. */
  word: Word | undefined;
  /** The next word is the target of a redirection: a file, or a descriptor as in `>&2`. */
  redirects: "file" | "descriptor" | undefined;

  // The program and its arguments; empty as long as the program is to come.
  #words: Word[] = [];
  // Every open `case`, innermost last: what of it comes next.
  readonly #cases: ("subject" | "in" | "pattern" | "body")[] = [];
  readonly #refuse: (where: string) => void;

  constructor(refuse: (where: string) => void) {
    this.#refuse = refuse;
  }

  /** Between `[[` and `]]`, where operators and parentheses are part of one command. */
  get inTest(): boolean {
    return this.#begins("[[") && !this.#words.some((word) => isReserved(word, "]]"));
  }

  get inCase(): boolean {
    return this.#cases.length > 0;
  }

  get inPattern(): boolean {
    return this.#cases.at(-1) === "pattern";
  }

  get atPatternStart(): boolean {
    return this.inPattern && this.#words.length === 0 && this.word === undefined;
  }

  get inCaseBody(): boolean {
    return this.#cases.at(-1) === "body";
  }

  /** More of the word, or its beginning. */
  add(text: string, quoted: boolean, filled: boolean): void {
    this.word ??= { text: "", quoted: false, filled: false };
    this.word.text += text;
    this.word.quoted ||= quoted;
    this.word.filled ||= filled;
  }

  endWord(): void {
    const word = this.word;
    this.word = undefined;
    if (word === undefined) return;
    if (this.redirects !== undefined) this.#followRedirection(word);
    else if (!this.#followCase(word)) this.#followCommand(word);
  }

  endCommand(): void {
    this.endWord();
    this.redirects = undefined;
    if (!this.inPattern) this.#finish(this.#words);
  }

  /** Behind the `)` of a pattern, or behind `;;`. */
  beginCasePart(part: "body" | "pattern"): void {
    this.#words = [];
    this.#cases[this.#cases.length - 1] = part;
  }

  #followRedirection(word: Word): void {
    if (this.redirects === "descriptor" && word.filled) this.#refuse("as a descriptor, which is evaluated");
    this.redirects = undefined;
  }

  #followCase(word: Word): boolean {
    const top = this.#cases.length - 1;
    const part = this.#cases[top];
    const first = this.#words.length === 0;
    if (part === "subject") this.#cases[top] = "in";
    else if (part === "in") this.#cases[top] = "pattern";
    else if (part !== undefined && first && isReserved(word, "esac")) this.#cases.pop();
    else if (part === "pattern") this.#words.push(word);
    else if (first && isReserved(word, "case")) this.#cases.push("subject");
    else return false;
    return true;
  }

  #followCommand(word: Word): void {
    if (this.#words.length === 0) {
      if (!word.quoted && BEFORE_PROGRAM.has(word.text)) return;
      if (ASSIGNMENT.test(word.text)) return;
    }
    this.#words.push(word);
    const loops = this.#begins("for") || this.#begins("select");
    if (isReserved(word, "{") || (loops && isReserved(word, "do"))) this.#finish(this.#words);
  }

  #finish(words: readonly Word[]): void {
    this.#words = [];
    const where = hazard(words);
    if (where !== undefined) this.#refuse(where);
  }

  #begins(text: string): boolean {
    const [word] = this.#words;
    return word !== undefined && isReserved(word, text);
  }
}

// Reserved words that a command follows.
const BEFORE_PROGRAM: ReadonlySet<string> = new Set("if then elif else fi while until do done ! { }".split(" "));

function isReserved(word: Word, text: string): boolean {
  return !word.quoted && word.text === text;
}

import { UrocketError } from "../core/errors.ts";
import type { Message } from "../core/message.ts";
import type { Placeholder, TemplatePart } from "../core/template.ts";
import { type Fill, fillOf, placeholderName } from "./values.ts";

/** Words of which most are ready: only those of `slots` are filled in for each message. */
export interface CompiledWords {
  readonly words: readonly string[];
  readonly slots: readonly Slot[];
}

interface Slot {
  readonly index: number;
  readonly fill: Fill;
  /** No caller has a say in the word. */
  readonly harmless: boolean;
}

// Most bytes of one argument or variable: the kernel's MAX_ARG_STRLEN without the NUL at its end.
const MAX_WORD_BYTES = 131_071;

/** Does once for a list of words all the work that is the same for every message. */
export function compileWords(templates: readonly (readonly TemplatePart[])[]): CompiledWords {
  const words: string[] = [];
  const slots: Slot[] = [];
  for (const parts of templates) {
    const texts = parts.filter((part) => part.kind === "text").map((part) => part.source);
    const index = words.push(checkWord(texts.join(""), true)) - 1;
    if (texts.length < parts.length) slots.push({ index, fill: compileFill(parts), harmless: isHarmless(parts) });
  }
  return { words, slots };
}

/** The words for one message. On the hot path: whatever is the same for all messages belongs in `compileWords`. */
export function fillWords(compiled: CompiledWords, message: Message, payload: string): string[] {
  const words = compiled.words.slice();
  for (const { index, fill, harmless } of compiled.slots) {
    const word = fill(message, payload);
    words[index] = harmless ? word : checkWord(word);
  }
  return words;
}

/** Whether a word holds a placeholder, this one if one is named. */
export function usesPlaceholder(parts: readonly TemplatePart[], name?: Placeholder): boolean {
  return parts.some((part) => part.kind === "placeholder" && (name === undefined || part.name === name));
}

/**
 * The word, if the kernel takes it. A word that no message changes, `constant`, is the configuration's mistake, any
 * other the payload's.
 */
export function checkWord(word: string, constant = false): string {
  if (word.includes("\0")) {
    const detail = `expected text without NUL bytes, got one at character ${word.indexOf("\0") + 1} of an argument or variable`;
    throw new UrocketError(constant ? "config-invalid" : "payload-not-representable", detail);
  }
  // A UTF-16 unit is at most three bytes of UTF-8, so short words need no counting.
  if (word.length * 3 > MAX_WORD_BYTES) {
    const bytes = Buffer.byteLength(word);
    if (bytes > MAX_WORD_BYTES) {
      const detail = `expected an argument or variable to be at most ${MAX_WORD_BYTES} bytes, got ${bytes}`;
      throw new UrocketError(constant ? "config-invalid" : "payload-too-large", detail);
    }
  }
  return word;
}

function isHarmless(parts: readonly TemplatePart[]): boolean {
  return parts.every((part) => part.kind === "text" || part.name === "request_id" || part.name === "payloadfile");
}

function compileFill(parts: readonly TemplatePart[]): Fill {
  const fills = parts.map((part): Fill => {
    if (part.kind === "text") return () => part.source;
    return fillOf(placeholderName(part));
  });
  const [first, second] = fills;
  if (first !== undefined && fills.length === 1) return first;
  // NAME={{value}}: the shape of almost every variable.
  const [name] = parts;
  if (name?.kind === "text" && second !== undefined && fills.length === 2) {
    const prefix = name.source;
    return (message, payload) => prefix + second(message, payload);
  }
  return (message, payload) => {
    let word = "";
    for (const fill of fills) word += fill(message, payload);
    return word;
  };
}

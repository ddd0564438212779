import { printable } from "../../observe/printable.ts";

/** Data as a terminal may show it: one line, without what moves the cursor or turns the direction of writing. */
export function clean(text: string): string {
  return printable(text).replaceAll("\t", " ").replace(HIDDEN, codeOf);
}

/** Columns that a text takes in a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of SEGMENTER.segment(text)) width += widthOfCharacter(segment);
  return width;
}

/** Cuts a text to what fits; the cut shows. */
export function cut(text: string, width: number): string {
  if (PLAIN.test(text) ? text.length <= width : widthOf(text) <= width) return text;
  let kept = "";
  let used = 1;
  for (const { segment } of SEGMENTER.segment(text)) {
    used += widthOfCharacter(segment);
    if (used > width) break;
    kept += segment;
  }
  return width < 1 ? "" : `${kept}…`;
}

/** A text in a cell of this width: cut or filled up. */
export function cell(text: string, width: number, align: "left" | "right" = "left"): string {
  const shown = cut(text, width);
  const blank = " ".repeat(Math.max(0, width - widthOf(shown)));
  return align === "left" ? shown + blank : blank + shown;
}

function widthOfCharacter(character: string): number {
  if (PLAIN.test(character)) return character.length;
  return WIDE.test(character) ? 2 : ZERO.test(character) ? 0 : 1;
}

function codeOf(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}

const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });
const PLAIN = /^[\x20-\x7e]*$/;
/** What East Asian writing and pictures take two columns for. */
const WIDE =
  /^[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;
const ZERO = /^\p{M}+$/u;
/** Format characters and halves of characters. */
const HIDDEN = /[\p{Cf}\p{Cs}]/gu;

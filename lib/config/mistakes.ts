import type { LineCounter } from "yaml";
import type { Mistake, Position } from "./types.ts";

/** Gathers the mistakes of one file by the offset they stand at. */
export class MistakeList {
  readonly #file: string;
  readonly #lines: LineCounter;
  readonly #found = new Map<string, Mistake>();

  constructor(file: string, lines: LineCounter) {
    this.#file = file;
    this.#lines = lines;
  }

  /** Notes a mistake, once: what is anchored or inherited is looked at again for every use. */
  add(offset: number, message: string): void {
    this.#found.set(`${offset} ${message}`, { file: this.#file, position: this.position(offset), message });
  }

  /** Line and column of an offset into the text. */
  position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col };
  }

  /** What was found, in the order of the file. */
  sorted(): readonly Mistake[] {
    const byPlace = (a: Position, b: Position) => a.line - b.line || a.column - b.column;
    return [...this.#found.values()].sort((a, b) => byPlace(a.position, b.position));
  }
}

import type { Mistake } from "../error.ts";
import type { SourceFile } from "./files.ts";

/** A place in one of the files of a document. */
export interface Origin {
  readonly file: SourceFile;
  readonly pointer: string;
}

/** Remembers where the parts of a bundled document came from. */
export class Origins {
  readonly #parts = new Map<string, Origin>();

  constructor(main: SourceFile) {
    this.#parts.set("", { file: main, pointer: "" });
  }

  /** Notes that what stands at `pointer` of the document, and all in it, is from another place. */
  add(pointer: string, origin: Origin): void {
    this.#parts.set(pointer, origin);
  }

  find(pointer: string): Origin {
    for (let prefix = pointer; ; prefix = prefix.slice(0, prefix.lastIndexOf("/"))) {
      const origin = this.#parts.get(prefix);
      if (origin !== undefined) return { file: origin.file, pointer: origin.pointer + pointer.slice(prefix.length) };
    }
  }

  /** A mistake at a pointer of the document, with the place in the file that it came from. */
  mistake(at: string, message: string): Mistake {
    const { file, pointer } = this.find(at);
    return { file: file.name, position: file.places.find(pointer), pointer, message };
  }
}

import { open } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { parseSource } from "./parse.ts";
import { Places } from "./places.ts";

/** A file of a document, read and parsed. */
export interface SourceFile {
  /** As messages name it: as it was given, or beside that. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly data: unknown;
  readonly places: Places;
}

/** Reads the files of one document, each once. */
export class Files {
  /** The folder of the main file, as it was given and absolute. */
  readonly #folder: { readonly given: string; readonly absolute: string };
  readonly #read = new Map<string, Promise<SourceFile>>();

  /** `main` is the path of the main file, as it was given. */
  constructor(main: string) {
    this.#folder = { given: dirname(main), absolute: dirname(resolve(main)) };
  }

  /** Throws OpenApiError for content that is neither YAML nor JSON, and the system's error for a file that can't be read. */
  read(path: string): Promise<SourceFile> {
    const known = this.#read.get(path);
    if (known !== undefined) return known;
    const reading = this.#parse(path);
    this.#read.set(path, reading);
    return reading;
  }

  async #parse(path: string): Promise<SourceFile> {
    const name = join(this.#folder.given, relative(this.#folder.absolute, path));
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await readWhole(path));
    return { name, path, data: parseSource(text, name), places: new Places(text) };
  }
}

async function readWhole(path: string): Promise<Buffer> {
  await using file = await open(path);
  // /dev/zero has no end.
  if ((await file.stat()).isCharacterDevice()) throw new Error("a device");
  return await file.readFile();
}

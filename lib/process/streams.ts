import { Readable, Writable } from "node:stream";
import type { Child } from "./child.ts";

/** A streamed output of a process. Reading is what lets the process go on when it writes faster than it is read. */
export class OutputStream extends Readable {
  readonly #child: Child;
  readonly #name: "stdout" | "stderr";
  #held = 0;

  constructor(child: Child, name: "stdout" | "stderr") {
    super();
    this.#child = child;
    this.#name = name;
  }

  deliver(chunk: Buffer): void {
    this.#held += chunk.length;
    if (this.destroyed || this.push(chunk)) this.#release();
  }

  override _read(): void {
    this.#release();
  }

  #release(): void {
    if (this.#held === 0) return;
    this.#child.consumed(this.#name, this.#held);
    this.#held = 0;
  }
}

/** The standard input of a process. What is written is taken as fast as the process reads. */
export class InputStream extends Writable {
  readonly #child: Child;
  #taken: (() => void) | undefined;

  constructor(child: Child) {
    super();
    this.#child = child;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#taken = done;
    this.#child.write(chunk);
  }

  override _final(done: () => void): void {
    this.#child.endInput();
    done();
  }

  /** The pipe has taken what was written last. */
  drained(): void {
    const done = this.#taken;
    this.#taken = undefined;
    done?.();
  }
}

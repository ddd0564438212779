import { Readable, Writable } from "node:stream";
import type { Child } from "./child.ts";

/**
 * A streamed output of a process. Reading is what lets the process go on when it writes faster than it is read; what
 * comes after `destroy()` is read and dropped.
 */
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

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#release();
    done(error);
  }

  #release(): void {
    if (this.#held === 0) return;
    this.#child.consumed(this.#name, this.#held);
    this.#held = 0;
  }
}

/**
 * The standard input of a process. What is written is taken as fast as the process reads. When the process closes it or
 * ends, the stream closes: no `error` event, for a program may well have read enough; a write under way gets EPIPE.
 */
export class InputStream extends Writable {
  readonly #child: Child;
  #taken: ((error?: Error) => void) | undefined;

  constructor(child: Child) {
    super();
    this.#child = child;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    // Nothing to take, and so nothing would tell that it was taken.
    if (chunk.length === 0) {
      done();
      return;
    }
    this.#taken = done;
    this.#child.write(chunk);
  }

  override _final(done: () => void): void {
    this.#child.endInput();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#child.endInput();
    // The write under way would otherwise never be answered.
    this.#answer(Object.assign(new Error("the process reads no more"), { code: "EPIPE" }));
    done(error);
  }

  /** The pipe has taken what was written last; `closed`: it will take no more, and the stream ends without an error. */
  drained(closed: boolean): void {
    if (closed) this.destroy();
    else this.#answer();
  }

  #answer(error?: Error): void {
    const done = this.#taken;
    this.#taken = undefined;
    done?.(error);
  }
}

import { write, writeSync } from "node:fs";

export interface LineWriterOptions {
  readonly fd: number;
  /** Bytes that may wait for a slow reader; a line beyond is dropped. */
  readonly backlog: number;
  /** Nothing can be written any more, so many lines that waited neither. Told once. */
  readonly onError: (error: NodeJS.ErrnoException, lost: number) => void;
  /** Nothing waits any more. */
  readonly onDrained: () => void;
}

/** Writes lines to a descriptor in the background, one write at a time and as much as there is with each. */
export class LineWriter {
  readonly #options: LineWriterOptions;
  #waiting: Buffer[] = [];
  /** Bytes that wait or are being written. */
  #bytes = 0;
  #underWay: Buffer | undefined;
  #linesUnderWay = 0;
  #broken = false;
  #retry: NodeJS.Timeout | undefined;
  #gather: NodeJS.Timeout | undefined;
  #onIdle: (() => void) | undefined;

  constructor(options: LineWriterOptions) {
    this.#options = options;
  }

  /** False when the line was dropped. */
  write(line: string): boolean {
    if (this.#broken) return false;
    const bytes = Buffer.from(line);
    if (this.#bytes + bytes.length > this.#options.backlog) return false;
    this.#bytes += bytes.length;
    this.#waiting.push(bytes);
    if (this.#underWay === undefined) this.#gather ??= setTimeout(this.#next, GATHERED);
    return true;
  }

  /**
   * Resolves when nothing waits any more or nothing can be written; what could not be for `patience` milliseconds, for want
   * of a reader or of room, is dropped, and nothing is written after it.
   */
  idle(patience: number): Promise<void> {
    if (this.#gather !== undefined) this.#next();
    if (this.#underWay === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      let before = this.#bytes;
      const watch = setInterval(() => {
        if (this.#bytes === before) this.#giveUp();
        before = this.#bytes;
      }, patience);
      this.#onIdle = () => {
        clearInterval(watch);
        resolve();
      };
    });
  }

  #giveUp(): void {
    clearTimeout(this.#retry);
    this.#broken = true;
    this.#waiting = [];
    this.#underWay = undefined;
    this.#onIdle?.();
  }

  /**
   * Writes what waits before it returns, at most for `patience` milliseconds: a reader that reads no more must not keep
   * the process from its exit. A write that is under way ends by itself.
   */
  flushSync(patience: number): void {
    if (this.#broken) return;
    const end = performance.now() + patience;
    // One that waits for a reader is under way only by name.
    const again = this.#retry !== undefined && this.#underWay !== undefined ? [this.#underWay] : [];
    if (again.length > 0) this.#underWay = undefined;
    clearTimeout(this.#retry);
    clearTimeout(this.#gather);
    this.#gather = undefined;
    let rest = Buffer.concat([...again, ...this.#waiting.splice(0)]);
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(this.#options.fd, rest));
      } catch (error) {
        if (!isBusy(error)) {
          this.#fail(error as NodeJS.ErrnoException);
          return;
        }
        if (performance.now() >= end) return;
        Atomics.wait(SLEEPER, 0, 0, RETRY);
      }
    }
  }

  readonly #next = (): void => {
    clearTimeout(this.#gather);
    this.#gather = undefined;
    this.#linesUnderWay = this.#waiting.length;
    const bytes = Buffer.concat(this.#waiting.splice(0));
    this.#underWay = bytes;
    write(this.#options.fd, bytes, (error, written) => this.#written(error, written, bytes));
  };

  #written(error: NodeJS.ErrnoException | null, written: number, bytes: Buffer): void {
    if (this.#broken) return;
    if (error !== null && !isBusy(error)) {
      this.#fail(error);
      return;
    }
    const done = error === null ? written : 0;
    this.#bytes -= done;
    if (done < bytes.length) {
      // A pipe that is full; whoever reads it takes its time.
      const rest = bytes.subarray(done);
      this.#underWay = rest;
      this.#retry = setTimeout(() => this.#again(rest), error === null ? 0 : RETRY);
    } else if (this.#waiting.length > 0) {
      this.#next();
    } else {
      this.#underWay = undefined;
      this.#linesUnderWay = 0;
      this.#options.onDrained();
      if (this.#underWay === undefined) this.#onIdle?.();
    }
  }

  #again(rest: Buffer): void {
    this.#retry = undefined;
    write(this.#options.fd, rest, (error, written) => this.#written(error, written, rest));
  }

  #fail(error: NodeJS.ErrnoException): void {
    const lost = this.#linesUnderWay + this.#waiting.length;
    this.#broken = true;
    this.#options.onError(error, lost);
    this.#giveUp();
  }
}

/** Milliseconds in which lines are gathered for one write: each costs more than making its lines (bench: observe). */
const GATHERED = 10;

/** Milliseconds between two attempts to write to a full pipe. */
const RETRY = 20;

const SLEEPER = new Int32Array(new SharedArrayBuffer(4));

/** A full pipe is read some day, and somebody makes room on a full disk: until then lines wait, and then are dropped. */
function isBusy(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && ["EAGAIN", "EBUSY", "ENOSPC", "EDQUOT"].includes(code);
}

import { connect, type Socket } from "node:net";
import type { Address } from "../helpers/wire.ts";

/** One response as it came. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A connection that is kept for many requests and notices every byte that nobody asked for. */
export class Line {
  readonly socket: Socket;
  closed = false;
  /** Whether bytes came while no request was under way. */
  surplus = false;
  #received: Buffer = Buffer.alloc(0);
  #waiting: ((answer: Answer | undefined) => void) | undefined;

  constructor(address: Address) {
    this.socket = connect(address);
    this.socket.setNoDelay(true);
    // A reset is one of the ways to close.
    this.socket.on("error", () => {});
    this.socket.on("data", (chunk: Buffer) => this.#take(chunk));
    this.socket.on("close", () => {
      this.closed = true;
      this.#settle(undefined);
    });
  }

  /** Sends a request; resolves with its answer, or undefined when the connection was closed instead. */
  ask(request: string | Buffer): Promise<Answer | undefined> {
    if (this.closed) return Promise.resolve(undefined);
    this.socket.write(request);
    return this.next();
  }

  /** The next answer without another request. */
  next(): Promise<Answer | undefined> {
    if (this.closed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#take(Buffer.alloc(0));
    });
  }

  hangUp(): void {
    this.socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    if (this.#waiting === undefined) {
      if (this.#received.length > 0) this.surplus = true;
      return;
    }
    const text = this.#received.toString("latin1");
    const end = text.indexOf("\r\n\r\n");
    if (end === -1) return;
    const total = end + 4 + Number(/^content-length: *(\d+)/im.exec(text.slice(0, end))?.[1] ?? 0);
    if (text.length < total) return;
    this.#received = this.#received.subarray(total);
    this.#settle({ status: Number(text.slice(9, 12)), body: text.slice(end + 4, total) });
    if (this.#received.length > 0) this.surplus = true;
  }

  #settle(answer: Answer | undefined): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(answer);
  }
}

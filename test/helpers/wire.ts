import { connect, type Socket } from "node:net";
import { until } from "./until.ts";

/** Where a server listens. */
export type Address = { readonly port: number; readonly host: string } | { readonly path: string };

/** A connection on which a test writes bytes of its own choice. */
export class Wire {
  readonly socket: Socket;
  closed = false;
  #received = Buffer.alloc(0);

  constructor(address: Address) {
    this.socket = connect({ ...address, allowHalfOpen: true });
    this.socket.on("data", (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
    });
    // A reset is a way of closing that the tests provoke.
    this.socket.on("error", () => {});
    this.socket.on("close", () => {
      this.closed = true;
    });
    this.socket.on("end", () => this.socket.end());
  }

  get received(): string {
    return this.#received.toString("latin1");
  }

  send(bytes: string | Buffer): this {
    this.socket.write(bytes);
    return this;
  }

  /** Waits for text in what came so far. */
  async expect(text: string): Promise<string> {
    await until(`${JSON.stringify(text)} in ${JSON.stringify(this.received)}`, () => this.received.includes(text));
    return this.received;
  }

  /** Waits until the other side closed the connection. */
  async end(): Promise<string> {
    await until("the end of the connection", () => this.closed);
    return this.received;
  }

  /** Hangs up. */
  hangUp(): void {
    this.socket.destroy();
  }
}

/** What one request came to. */
export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Splits a whole response as it came over a connection that was closed after it. */
export function parseResponse(bytes: Buffer): Response {
  const text = bytes.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  const [statusLine = "", ...fields] = text.slice(0, end).split("\r\n");
  const status = Number(statusLine.split(" ")[1]);
  const body = bytes.subarray(end + 4);
  // An interim response comes before the one that counts.
  if (status === 100) return parseResponse(body);
  const pairs = fields.map((field) => [
    field.slice(0, field.indexOf(":")).toLowerCase(),
    field.slice(field.indexOf(":") + 2),
  ]);
  return { status, headers: Object.fromEntries(pairs), body };
}

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { payloadOf } from "./load.ts";

const AT_ONCE = 500;

/** Callers who ask `/wait` of a server and wait, each on its own connection. */
export class Waiters {
  readonly #port: number;
  readonly #request: string;
  readonly #sockets: Socket[] = [];

  constructor(url: string) {
    this.#port = Number(new URL(url).port);
    const body = payloadOf(17);
    const head = `POST /wait HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
    this.#request = `${head}\r\n\r\n${body}`;
  }

  /** Resolves when their requests are sent. */
  async add(count: number): Promise<void> {
    for (let left = count; left > 0; left -= AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, () => this.#call()));
    }
  }

  /** That many hang up. */
  async leave(count: number): Promise<void> {
    await Promise.all(this.#sockets.splice(0, count).map(hangUp));
  }

  /** All hang up. */
  close(): Promise<void> {
    return this.leave(this.#sockets.length);
  }

  async #call(): Promise<void> {
    const socket = connect(this.#port, "127.0.0.1");
    await once(socket, "connect");
    this.#sockets.push(socket);
    socket.write(this.#request);
  }
}

async function hangUp(socket: Socket): Promise<void> {
  const closed = once(socket, "close");
  socket.destroy();
  await closed;
}

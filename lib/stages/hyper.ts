import type { HttpRequest, HttpResponse, ListenOptions, us_listen_socket } from "uWebSockets.js";
import { createRequire } from "node:module";
import type { Server } from "hyper-express";
import { reportFault } from "../core/events.ts";
import { replaceListener } from "../process/sockets.ts";
import { Call, type CallHost, type Receiver } from "./call.ts";
import { loadWithHeadBound } from "./head-bound.ts";
import { readHead } from "./read-head.ts";
import { serverUnavailable } from "./server-unavailable.ts";
import type { TlsFiles } from "./tls.ts";

export interface HyperOptions {
  readonly receiver: Receiver;
  /** Largest request body in bytes. */
  readonly bodyLimit: number;
  /** Largest head of a request in bytes; {@link DEFAULT_HEAD_LIMIT} when absent. */
  readonly headLimit?: number | undefined;
  /** Checked files; without them the server speaks plain HTTP. */
  readonly tls?: TlsFiles | undefined;
  /** Makes the id of a call; an empty one is not announced in the reply's header. */
  readonly identify: () => string;
}

/** What node's own server allows, too. */
export const DEFAULT_HEAD_LIMIT = 16_384;

/**
 * An HTTP server on hyper-express: the only file that knows of it.
 *
 * It makes the application of uWebSockets and holds it; requests come from that directly. Its own request and response
 * objects would copy each head a second time (bench: matching), and their body buffering and send() would answer an
 * oversized body in their own words and touch a response that is over when the rest of a refused body comes in.
 */
export class HyperServer implements CallHost {
  readonly receiver: Receiver;
  readonly headLimit: number;
  /** May be changed at any time, for the bodies that come from then on. */
  bodyLimit: number;
  readonly #identify: () => string;
  readonly #uws: Library["uws"];
  readonly #server: Server;
  #listening: us_listen_socket | undefined;
  #draining = false;
  #closed: Promise<void> | undefined;
  /** Calls whose reply is not out. */
  #open = 0;
  #onIdle: (() => void) | undefined;

  constructor({ receiver, bodyLimit, headLimit = DEFAULT_HEAD_LIMIT, tls, identify }: HyperOptions) {
    this.receiver = receiver;
    this.headLimit = headLimit;
    this.bodyLimit = bodyLimit;
    this.#identify = identify;
    const { uws, hyperExpress } = loadWithHeadBound(headLimit, load);
    this.#uws = uws;
    this.#server = new hyperExpress.Server({
      auto_close: false,
      ...(tls && { cert_file_name: tls.cert, key_file_name: tls.key }),
    });
    this.#server.uws_instance.any("/*", (response, request) => this.#onRequest(request, response));
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** Listens on TCP, on this port alone among all processes. The port it got (0 asks for any), or undefined. */
  listenTcp(host: string, port: number): number | undefined {
    // hyper-express's own listen() shares the port with whoever asks for it next, and that would go unnoticed.
    const app = this.#server.uws_instance as unknown as ExclusiveListener;
    app.listen(host, port, EXCLUSIVE_PORT, (socket) => {
      this.#listening = socket || undefined;
    });
    return this.#listening && this.#uws.us_socket_local_port(this.#listening);
  }

  /**
   * Listens on a socket that was inherited as descriptor `fd`, of whatever family; the name of an errno when it can't.
   * uWebSockets only listens on sockets of its own, so one of those is made and its descriptor then given to the
   * inherited socket. Nobody has noticed by then: the event loop tells the kernel of a new descriptor when it next waits.
   */
  adopt(fd: number): string | undefined {
    const port = this.listenTcp("127.0.0.1", 0);
    return port === undefined ? "EADDRNOTAVAIL" : replaceListener(port, fd);
  }

  /** Listens on a unix socket, removing what stands at `path`. Whether it does. */
  listenUnix(path: string): boolean {
    this.#server.uws_instance.listen_unix((socket) => {
      this.#listening = socket || undefined;
    }, path);
    return this.#listening !== undefined;
  }

  /** Takes no new connection; those that are open are closed with their next reply. */
  drain(): void {
    this.#draining = true;
    if (this.#listening !== undefined) this.#server.close(this.#listening);
    this.#listening = undefined;
  }

  /** Waits until every reply is out, at most `patience` milliseconds, and closes every connection. */
  close(patience: number): Promise<void> {
    this.drain();
    this.#closed ??= this.#finish(patience);
    return this.#closed;
  }

  finished(): void {
    this.#open--;
    if (this.#open === 0) this.#onIdle?.();
  }

  /** An exception would end the whole process. */
  #onRequest(request: HttpRequest, response: HttpResponse): void {
    try {
      const head = readHead(request, this.#identify());
      this.#open++;
      new Call(head, response, this).begin(head.size > this.headLimit);
    } catch (error) {
      reportFault(error);
      response.close();
    }
  }

  async #finish(patience: number): Promise<void> {
    if (this.#open > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patience);
        this.#onIdle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    // The last reply may have been given within a handler, whose connection is corked until it is left.
    await new Promise((resolve) => setImmediate(resolve));
    this.#server.uws_instance.close();
  }
}

interface Library {
  readonly uws: typeof import("uWebSockets.js");
  readonly hyperExpress: typeof import("hyper-express");
}

/** Loaded when the first server is made, for then it is known what to tell the library. */
function load(): Library {
  const require = createRequire(import.meta.url);
  return { uws: loadServer(require), hyperExpress: require("hyper-express") };
}

/** It comes compiled, and not for every system. */
function loadServer(require: NodeJS.Require): Library["uws"] {
  try {
    return require("uWebSockets.js");
  } catch (cause) {
    throw serverUnavailable(cause);
  }
}

const EXCLUSIVE_PORT: ListenOptions.LIBUS_LISTEN_EXCLUSIVE_PORT = 1;

/** The overload that uWebSockets has and its types do not. */
interface ExclusiveListener {
  listen(host: string, port: number, options: ListenOptions, done: (socket: us_listen_socket | false) => void): void;
}

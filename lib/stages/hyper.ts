import type { HttpRequest, ListenOptions, us_listen_socket } from "uWebSockets.js";
import { createRequire } from "node:module";
import type { Server } from "hyper-express";
import { reportFault } from "../core/events.ts";
import type { Headers } from "../core/message.ts";
import { replaceListener } from "../process/sockets.ts";
import { Call, type CallHost, type Receiver } from "./call.ts";
import { loadWithHeadBound } from "./head-bound.ts";
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
 * Its request and response objects are used for what they hold (the raw ones of uWebSockets); its body buffering and its
 * send() are not: they would answer an oversized body in their own words, allocate promises for each body, and touch a
 * response that is over when the rest of a refused body comes in.
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
      max_body_length: Number.POSITIVE_INFINITY,
      ...(tls && { cert_file_name: tls.cert, key_file_name: tls.key }),
    });
    this.#server.any("/*", (request, response) => {
      this.#open++;
      const head = readHead(request.raw, this.#identify());
      new Call(head, response.raw, this).begin(head.size > this.headLimit);
    });
    this.#server.set_error_handler((_request, response, error) => {
      reportFault(error);
      response.close();
    });
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

/** Copies what is needed of the request: it is gone when the handler returns. */
function readHead(request: HttpRequest, id: string) {
  const path = request.getUrl();
  const verb = request.getMethod();
  const query = request.getQuery() ?? "";
  const { headers, size } = readHeaders(request);
  return { id, path, verb, query, headers, size: size + verb.length + path.length + query.length + REQUEST_LINE };
}

/** What a request line and the end of a head have beside verb, path and query: `" " "?" " HTTP/1.1" CRLF CRLF`. */
const REQUEST_LINE = 15;

/** Fields of one name are joined as RFC 9110, 5.3 has it. No prototype: a caller may name a field as it likes. */
function readHeaders(request: HttpRequest): { headers: Headers; size: number } {
  const headers: Record<string, string> = Object.create(null);
  let size = 0;
  request.forEach((name, value) => {
    size += name.length + value.length + FIELD;
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}${name === "cookie" ? "; " : ", "}${value}`;
  });
  return { headers, size };
}

/** What a field has beside name and value: `": " CRLF`. */
const FIELD = 4;

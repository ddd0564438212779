import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { reportFault } from "../core/events.ts";
import type { Reply } from "../core/reply.ts";
import { failureReply, INTERNAL_ERROR } from "../replies/failure.ts";
import { explainListenFailure } from "../stages/listen-failure.ts";
import { Guard, type GuardOptions } from "./guard.ts";
import type { AdminHandler } from "./handler.ts";
import { AdminRouter } from "./router.ts";
import { secure } from "./security-headers.ts";

export interface AdminServerOptions extends GuardOptions {
  readonly handlers: readonly AdminHandler[];
}

/**
 * The port for operators, apart from the one of the callers. Every request must name this port in `Host` and come from no
 * other site; what changes something asks for the token.
 *
 * @example
 * const admin = new AdminServer({ host: "127.0.0.1", names: [], token, handlers: [metrics, ...probes] });
 * const port = await admin.listen(9090);
 * await admin.close();
 */
export class AdminServer {
  readonly #host: string;
  readonly #guard: Guard;
  readonly #router: AdminRouter;
  readonly #server: Server;
  #closed: Promise<void> | undefined;

  constructor(options: AdminServerOptions) {
    this.#host = options.host;
    this.#guard = new Guard(options);
    this.#router = new AdminRouter(options.handlers);
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.maxConnections = MOST_CONNECTIONS;
  }

  /** Starts to listen; the port it got, where 0 asks for any. Throws `listen-failed`. */
  async listen(port: number): Promise<number> {
    this.#server.listen(port, this.#host);
    try {
      await once(this.#server, "listening");
    } catch {
      throw await explainListenFailure(this.#host, port, "`host` and `port` of `admin`");
    }
    return (this.#server.address() as AddressInfo).port;
  }

  /** Another token, for whoever asks from now on. */
  useToken(token: string): void {
    this.#guard.use(token);
  }

  /** Ends every connection, those of streams too. */
  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
    return this.#closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = randomUUID();
    secure(response);
    try {
      const reply = await this.#reply(id, request, response);
      if (reply !== undefined) send(response, reply);
    } catch (error) {
      reportFault(error, id);
      if (response.headersSent) response.destroy();
      else send(response, failureReply(INTERNAL_ERROR, id));
    }
  }

  async #reply(id: string, request: IncomingMessage, response: ServerResponse): Promise<Reply | undefined> {
    const { headers, method = "", url = "" } = request;
    const [path = "", search = ""] = url.split(/\?(.*)/s);
    const site = this.#guard.refuseSite(headers);
    if (site !== undefined) return failureReply(site, id);
    const found = this.#router.find(method, path);
    if ("failure" in found) return failureReply(found.failure, id);
    const { handler, rest } = found;
    const query = new URLSearchParams(search);
    const refused = this.#guard.refuseAccess({ headers, query }, handler.access);
    if (refused !== undefined) return failureReply(refused, id);
    return await handler.handle({ rest, query, request, response });
  }
}

/** Operators are few; whoever opens more must not take the descriptors that requests need. */
const MOST_CONNECTIONS = 100;

function send(response: ServerResponse, { status, contentType, headers, body }: Reply): void {
  if (contentType !== undefined) response.setHeader("content-type", contentType);
  for (const [name, value] of headers) response.setHeader(name, value);
  response.writeHead(status, { "content-length": Buffer.byteLength(body) });
  response.end(body);
}

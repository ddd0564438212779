import { randomUUID } from "node:crypto";
import { events, type MessageEnded } from "../core/events.ts";
import { problem } from "../core/problem.ts";
import type { Gateway } from "../gateway/index.ts";
import type { Call, Excess } from "./call.ts";
import { HyperServer } from "./hyper.ts";
import { adoptionFailure, explainListenFailure } from "./listen-failure.ts";
import { checkTls, type TlsFiles } from "./tls.ts";

export interface HttpStageOptions {
  readonly gateway: Pick<Gateway, "handle" | "abandon">;
  /** Largest request body in bytes. */
  readonly bodyLimit: number;
  /** Largest head of a request (request line and header fields) in bytes; 16 KiB when absent. */
  readonly headLimit?: number | undefined;
  /** Certificate and key; plain HTTP when absent. */
  readonly tls?: TlsFiles | undefined;
  /** Told what is not as it should be with usable TLS files; by default a warning of the runtime. */
  readonly warn?: ((message: string) => void) | undefined;
}

/** The front: takes requests over HTTP and hands each to the gateway as a message. */
export class HttpStage {
  readonly #server: HyperServer;

  /** Throws `config-invalid` for TLS files that can't serve. */
  constructor({ gateway, bodyLimit, headLimit, tls, warn = process.emitWarning }: HttpStageOptions) {
    if (tls !== undefined) checkTls(tls, warn);
    this.#server = new HyperServer({
      bodyLimit,
      headLimit,
      tls,
      identify: randomUUID,
      receiver: {
        receive: (call) => gateway.handle(call, call),
        refuse: (call, excess) => refuse(call, excess, this.#server),
        left: (call) => gateway.abandon(call.id),
      },
    });
  }

  /** Starts to listen; the port it got, where 0 asks for any. Throws listen-failed. */
  async listen(host: string, port: number): Promise<number> {
    const got = this.#server.listenTcp(host, port);
    if (got === undefined) throw await explainListenFailure(host, port);
    return got;
  }

  /** Takes over a listening socket that was inherited as descriptor `fd`. Throws `activation-refused`. */
  adopt(fd: number): void {
    const errno = this.#server.adopt(fd);
    if (errno !== undefined) throw adoptionFailure("front", fd, errno);
  }

  /** Changes the largest body, for the requests that come from now on. */
  limitBody(bytes: number): void {
    this.#server.bodyLimit = bytes;
  }

  /** Takes no new connection; those that are open are closed with their next reply. */
  drain(): void {
    this.#server.drain();
  }

  /** Waits until every reply is out, at most `patience` milliseconds, and closes every connection. */
  close(patience = 0): Promise<void> {
    return this.#server.close(patience);
  }
}

function refuse(call: Call, excess: Excess, { headLimit, bodyLimit }: HyperServer): void {
  const limit = excess === "head" ? headLimit : bodyLimit;
  const how = `${excess}-too-large` as const;
  const reply = problem(how, `expected a ${excess} of at most ${limit} bytes, got more`, call.id, { limit });
  call.respond(reply);
  if (!events.ended.hasSubscribers) return;
  const { id: requestId, verb, path, receivedAt } = call;
  const elapsed = performance.now() - receivedAt;
  const { status } = reply;
  const ended = { requestId, route: undefined, verb, path, status, how, elapsed, record: undefined };
  events.ended.publish(ended satisfies MessageEnded);
}

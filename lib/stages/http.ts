import { randomUUID } from "node:crypto";
import type { Gateway } from "../gateway/index.ts";
import { refuse, tooLarge } from "../gateway/refusal.ts";
import type { Excess } from "./call.ts";
import { HyperServer } from "./hyper.ts";
import { adoptionFailure, explainListenFailure } from "./listen-failure.ts";
import { checkTls, type TlsFiles } from "./tls.ts";

export interface HttpStageOptions {
  readonly gateway: Pick<Gateway, "handle" | "abandon"> & Partial<Pick<Gateway, "refuseHead">>;
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
        refuseHead: (call) => gateway.refuseHead?.(call, call) === true,
        receive: (call) => gateway.handle(call, call),
        refuse: (call, excess) => refuse(call, call, tooLarge(excess, this.#limitOf(excess))),
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

  #limitOf(excess: Excess): number {
    return excess === "head" ? this.#server.headLimit : this.#server.bodyLimit;
  }
}

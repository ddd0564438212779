import { reportFault } from "../core/events.ts";
import { type Headers, type Message, NO_PARAMS } from "../core/message.ts";
import type { Caller, Reply } from "../core/reply.ts";
import { failureReply, INTERNAL_ERROR } from "../replies/failure.ts";
import { Body } from "./body.ts";
import { type Outgoing, sendLater } from "./outbox.ts";
import { addressText } from "./peer-address.ts";
import type { RawResponse } from "./raw-response.ts";
import { type Writing, writeReply } from "./write-reply.ts";

/** What of a call is too large. */
export type Excess = "head" | "body";

/** Whoever takes the calls of one server. */
export interface Receiver {
  /** The head is there and a body is to come: true if the call was refused on that alone, and its body stays unread. */
  refuseHead?(call: Call): boolean;
  /** The call is complete, its body too. */
  receive(call: Call): void;
  /** Head or body are over their limit: to be refused. The connection is closed with the reply if a body stays unread. */
  refuse(call: Call, excess: Excess): void;
  /** The peer left before it had its reply. */
  left(call: Call): void;
}

/** What a call needs of the server it came to. */
export interface CallHost {
  readonly receiver: Receiver;
  readonly bodyLimit: number;
  /** Whether connections are to be closed with their next reply. */
  readonly draining: boolean;
  /** The reply is out, or there will be none. */
  finished(): void;
}

/** What is known of a call once its head was read. */
export interface CallHead {
  readonly id: string;
  readonly path: string;
  readonly verb: string;
  readonly query: string;
  readonly headers: Headers;
}

const NOTHING = Buffer.alloc(0);

/** Nobody replied yet. */
const OPEN = 0;
/** The reply is there, and not all of it written. */
const REPLIED = 1;
/** The reply is out or the peer is gone: the raw response must not be touched any more. */
const OVER = 2;

/** The call whose handler runs; uWebSockets runs one at a time. */
let handled: Call | undefined;

/** One HTTP request: the message and its caller in one object, so that a request allocates neither twice. */
export class Call implements Message, Caller, Outgoing, Writing {
  readonly id: string;
  readonly path: string;
  readonly verb: string;
  readonly query: string;
  readonly headers: Headers;
  readonly receivedAt = performance.now();
  body: Buffer = NOTHING;
  params = NO_PARAMS;
  readonly #raw: RawResponse;
  readonly #host: CallHost;
  #state: typeof OPEN | typeof REPLIED | typeof OVER = OPEN;
  #reply: Reply | undefined;
  #bodyRead = false;

  constructor(head: CallHead, raw: RawResponse, host: CallHost) {
    this.id = head.id;
    this.path = head.path;
    this.verb = head.verb;
    this.query = head.query;
    this.headers = head.headers;
    this.#raw = raw;
    this.#host = host;
    raw.onAborted(() => this.#onAborted());
  }

  /** Looked up when it is asked for; empty once the reply is out. */
  get remoteAddress(): string {
    return this.#state === OVER ? "" : addressText(this.#raw.getRemoteAddressAsText());
  }

  /** Reads the body, if there is one, and hands the call to the receiver; one whose head is too large is refused. */
  begin(headTooLarge = false): void {
    const { "content-length": length, "transfer-encoding": encoding } = this.headers;
    if (encoding === undefined && (length === undefined || length === "0")) {
      this.#bodyRead = true;
      if (headTooLarge) this.#refuse("head");
      else this.#deliver();
      return;
    }
    if (length?.includes(",") === true || (encoding !== undefined && encoding.toLowerCase() !== "chunked")) {
      // Two lengths, or a coding that the server behind does not know, are how requests are smuggled past a proxy
      // (RFC 9112, 6.1 and 6.3). No reply: after one, the server would take what follows for the next request.
      this.#raw.close();
      return;
    }
    const body = new Body(Number(length), this.#host.bodyLimit);
    // Bound even where the call is refused at once: the server behind has a listener of its own for the
    // body, which must not run once the reply is out; this one replaces it.
    this.#raw.onData((chunk, last) => this.#onData(body, chunk, last));
    if (headTooLarge) this.#refuse("head");
    else if (!this.#refuseHead() && body.tooLarge) this.#refuse("body");
  }

  respond(reply: Reply): void {
    if (this.#state !== OPEN) return;
    this.#state = REPLIED;
    this.#reply = reply;
    this.body = NOTHING;
    if (handled === undefined || (handled === this && !this.#chunked)) this.send();
    else sendLater(this);
  }

  send(): void {
    const reply = this.#reply;
    if (this.#state === OVER || reply === undefined) return;
    const close = !this.#bodyRead || this.#host.draining || this.#chunked;
    this.#raw.cork(() => writeReply(this.#raw, this, reply, close));
  }

  /**
   * The library knows neither trailers nor extensions of chunks: it takes a trailer for the next request and reads an
   * extension as part of the size, so that a request can be smuggled past a proxy that knows better. Hence nothing that
   * comes behind chunks is answered: the connection is closed with the reply, and the reply is written once all that
   * came with them was read, for the library closes a connection whose next request comes before the last one's reply.
   */
  get #chunked(): boolean {
    return this.headers["transfer-encoding"] !== undefined;
  }

  #onData(body: Body, chunk: ArrayBuffer, last: boolean): void {
    if (this.#state !== OPEN || this.#bodyRead) return;
    body.take(chunk);
    if (body.tooLarge) {
      this.#refuse("body");
    } else if (last) {
      this.#bodyRead = true;
      this.body = body.bytes();
      this.#deliver();
    }
  }

  #refuseHead(): boolean {
    handled = this;
    try {
      return this.#host.receiver.refuseHead?.(this) === true;
    } catch (error) {
      this.#fault(error);
      return true;
    } finally {
      handled = undefined;
    }
  }

  #deliver(): void {
    handled = this;
    try {
      this.#host.receiver.receive(this);
    } catch (error) {
      this.#fault(error);
    } finally {
      handled = undefined;
    }
  }

  #refuse(excess: Excess): void {
    handled = this;
    try {
      this.#host.receiver.refuse(this, excess);
    } catch (error) {
      this.#fault(error);
    } finally {
      handled = undefined;
    }
  }

  /** An exception would leave the request unanswered and, from a body's listener, end the whole process. */
  #fault(error: unknown): void {
    reportFault(error, this.id);
    this.respond(failureReply(INTERNAL_ERROR, this.id));
  }

  sent(): void {
    this.#state = OVER;
    this.#host.finished();
  }

  #onAborted(): void {
    if (this.#state === OVER) return;
    this.sent();
    if (this.#bodyRead) this.#host.receiver.left(this);
  }
}

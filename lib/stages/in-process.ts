import { randomUUID } from "node:crypto";
import { UrocketError } from "../core/errors.ts";
import { type Message, NO_PARAMS } from "../core/message.ts";
import type { Caller, Reply } from "../core/reply.ts";
import type { Gateway } from "../gateway/index.ts";
import { refuse, tooLarge } from "../gateway/refusal.ts";

/** A request of this program to its own gateway. */
export interface InProcessRequest {
  /** Method in any case: `get`, `POST`. */
  readonly verb: string;
  /** With its leading slash, percent-encoded, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query?: string | URLSearchParams | undefined;
  /** Names in any case. */
  readonly headers?: Readonly<Record<string, string>> | Headers | undefined;
  readonly body?: string | Uint8Array | undefined;
}

/** What came of it: the answer of the process, or a problem document (`application/problem+json`) that says why not. */
export interface InProcessResponse {
  readonly requestId: string;
  /** 200 to 599. */
  readonly status: number;
  /** All fields, the content type too; `getSetCookie()` keeps cookies apart. */
  readonly headers: Headers;
  readonly contentType: string | undefined;
  readonly body: Buffer;
}

export interface InProcessOptions {
  readonly gateway: Pick<Gateway, "handle" | "abandon">;
  /** Largest request body in bytes. */
  readonly bodyLimit: number;
}

/** A stage without a network: requests are function calls. */
export class InProcessStage {
  readonly #gateway: InProcessOptions["gateway"];
  readonly #bodyLimit: number;

  constructor({ gateway, bodyLimit }: InProcessOptions) {
    this.#gateway = gateway;
    this.#bodyLimit = bodyLimit;
  }

  /**
   * Hands a request to the gateway; resolves with its one response, whatever its status. Rejects with the reason of
   * `signal` once that is aborted, as if a caller had hung up, and with `bad-request` for what is no request.
   */
  async request(
    request: InProcessRequest,
    { signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<InProcessResponse> {
    const message = messageOf(request);
    signal?.throwIfAborted();
    let hangUp = (): void => {};
    try {
      const reply = await new Promise<Reply>((resolve, reject) => {
        hangUp = () => {
          reject(signal?.reason);
          this.#gateway.abandon(message.id);
        };
        signal?.addEventListener("abort", hangUp, { once: true });
        this.#hand(message, { respond: resolve });
      });
      return responseOf(message, reply);
    } finally {
      signal?.removeEventListener("abort", hangUp);
    }
  }

  #hand(message: Message, caller: Caller): void {
    const limit = this.#bodyLimit;
    if (message.body.length <= limit) this.#gateway.handle(message, caller);
    else refuse(message, caller, tooLarge("body", limit));
  }
}

function messageOf({ verb, path, query = "", headers = {}, body = "" }: InProcessRequest): Message {
  if (typeof path !== "string" || !/^\/[^?#\s]*$/.test(path)) {
    throw new UrocketError("bad-request", `expected \`path\` to begin with / and to have no query, got ${path}`);
  }
  if (typeof verb !== "string" || !/^[A-Za-z]+$/.test(verb)) {
    throw new UrocketError("bad-request", `expected \`verb\` to be an HTTP method, got ${verb}`);
  }
  return {
    id: randomUUID(),
    path,
    verb: verb.toLowerCase(),
    query: String(query),
    params: NO_PARAMS,
    headers: headersOf(headers),
    body: bytesOf(body),
    receivedAt: performance.now(),
    remoteAddress: "",
  };
}

/** The constructor brings names to lower case, joins what has one name, and refuses what no header can carry. */
function headersOf(headers: NonNullable<InProcessRequest["headers"]>): Message["headers"] {
  try {
    return Object.fromEntries(new Headers(headers as Record<string, string>));
  } catch (cause) {
    const { message } = cause as Error;
    throw new UrocketError("bad-request", `expected \`headers\` that can be sent, got ${message}`, { cause });
  }
}

/** A copy of bytes: those of the caller may change while the message waits in line. */
function bytesOf(body: string | Uint8Array): Buffer {
  if (typeof body === "string" || body instanceof Uint8Array) return Buffer.from(body as string);
  throw new UrocketError("bad-request", `expected \`body\` to be text or bytes, got ${typeof body}`);
}

function responseOf({ id: requestId, verb }: Message, reply: Reply): InProcessResponse {
  const { status, contentType, headers: fields, body } = reply;
  const headers = new Headers(fields as [string, string][]);
  if (contentType !== undefined) headers.set("content-type", contentType);
  const bytes = verb === "head" ? "" : body;
  return { requestId, status, headers, contentType, body: typeof bytes === "string" ? Buffer.from(bytes) : bytes };
}

/** The verbs of an OpenAPI path item, in its spelling (lower case). */
export const VERBS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** An HTTP method as OpenAPI spells it. */
export type Verb = (typeof VERBS)[number];

/** Header names in lower case; several fields of one name are already joined with ", ". */
export type Headers = Readonly<Record<string, string>>;

/** What `params` is until the route is found. */
export const NO_PARAMS: Message["params"] = Object.freeze({});

/** One incoming request. Its type is the pair (path, verb); its identity is the request id. */
export interface Message {
  /** Request id: UUID version 4 (RFC 9562), so that it can't be guessed. */
  readonly id: string;
  /** Path as the caller sent it: percent-encoded, without the query. */
  readonly path: string;
  /** Method in lower case; not always one of {@link VERBS}, for a caller may send anything. */
  readonly verb: string;
  /** Raw query, without the question mark; empty when there is none. Validation adds parameters that have defaults. */
  query: string;
  /** Path parameters by name, percent-decoded. Set by the gateway once the route is found, {@link NO_PARAMS} until then. */
  params: Readonly<Record<string, string>>;
  readonly headers: Headers;
  /** The whole body; empty when there is none. Validation writes it anew where it fills in defaults. */
  body: Buffer;
  /** When the message came in, in milliseconds of `performance.now()`. */
  readonly receivedAt: number;
  /** Address of the peer as text, `192.0.2.1` or `2001:db8::1`; empty where there is none. */
  readonly remoteAddress: string;
}

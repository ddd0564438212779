/** What a caller (or a poster on the reply socket) gets back. */
export interface Reply {
  /** HTTP status, 100 to 599. */
  readonly status: number;
  /** Content type; undefined sends none. */
  readonly contentType: string | undefined;
  /** Further headers, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | string;
}

/** Whoever waits for the reply to one message. `respond` is called exactly once. */
export interface Caller {
  respond(reply: Reply): void;
}

const NO_HEADERS: Reply["headers"] = Object.freeze([]);

/** A plain-text reply: the whole of what a poster needs to know. */
export function text(status: number, body: string): Reply {
  return { status, contentType: "text/plain; charset=utf-8", headers: NO_HEADERS, body };
}

/** A reply whose body and content type are passed on as they came. */
export function verbatim(status: number, contentType: string | undefined, body: Buffer): Reply {
  return { status, contentType, headers: NO_HEADERS, body };
}

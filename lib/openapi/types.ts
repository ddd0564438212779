import type { Headers, Verb } from "../core/message.ts";

/** 3.0 has its own dialect of schemas, 3.1 has JSON Schema 2020-12. */
export type Version = "3.0" | "3.1";

/** What is checked: what comes in, or what goes out. */
export type Direction = "request" | "reply";

/** One thing that is not as the document says; reads as "expected {in} {name} {pointer} to be {expected}, got {got}". */
export interface Fault {
  readonly in: "path" | "query" | "header" | "cookie" | "body" | "status";
  /** Of the parameter or header; bodies and the status have none. */
  readonly name?: string;
  /** JSON pointer (RFC 6901) into the body, or into the value of the parameter; empty for the whole of it. */
  readonly pointer: string;
  /** Follows "to be": `an integer`, `present`, `one of "a", "b"`. */
  readonly expected: string;
  /** What came, at most about 100 characters of it and never a secret: `"abc"`, `none`, `an array of 3 items`. */
  readonly got: string;
}

/** What is needed of a request to check it. */
export interface RequestInput {
  /** Values of the `{...}` of the path, as they stand in it: percent-encoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Raw query, without the question mark. */
  readonly query: string;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Values by parameter name; without a prototype, so that no name is special. */
export type Values = Readonly<Record<string, unknown>>;

/** A request that is as the document says: what its parameters and its body mean, with the defaults filled in. */
export interface ValidRequest {
  readonly ok: true;
  /** Declared parameters only, in the types of their schemas. */
  readonly params: Values;
  readonly query: Values;
  /** By name in lower case. */
  readonly headers: Values;
  readonly cookies: Values;
  /** JSON and forms: the value; text: a string; other types: the bytes; undefined when there is none. */
  readonly body: unknown;
  /** Whether defaults were filled into the body; where not, its bytes say the same, digit by digit. */
  readonly filled: boolean;
}

/** A request that is not: at least one fault, at most 100. */
export interface InvalidRequest {
  readonly ok: false;
  /** 415 when the type or the coding of the content is the only fault, 400 otherwise. */
  readonly status: 400 | 415;
  readonly faults: readonly Fault[];
}

export type RequestResult = ValidRequest | InvalidRequest;

/** What is needed of a reply to check it. */
export interface ReplyInput {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly headers: Headers;
  readonly body: Buffer;
}

export type ReplyResult = { readonly ok: true } | { readonly ok: false; readonly faults: readonly Fault[] };

/** A (path, verb) of the document. */
export interface OperationKey {
  /** Path key of the document: `/pets/{petId}`. */
  readonly path: string;
  readonly verb: Verb;
  readonly operationId: string | undefined;
}

/** Checks the requests and replies of one (path, verb). Synchronous; a fault of the caller is a result, never an exception. */
export interface Operation extends OperationKey {
  /** Compiles the checks of one direction now instead of at the first check; throws {@link OpenApiError}. */
  compile(direction: Direction): void;
  validateRequest(request: RequestInput): RequestResult;
  validateReply(reply: ReplyInput): ReplyResult;
}

/** A document that was read, found valid, and made into one. */
export interface OpenApiDocument {
  readonly version: Version;
  /** The document with everything from neighbour files under `components`, ready to be served as JSON. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** Every (path, verb) under `paths`, in their order. */
  operations(): readonly OperationKey[];
  /** The operation of a path key, spelled as in the document; the same object each time. */
  operation(path: string, verb: string): Operation | undefined;
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Reply } from "../core/reply.ts";

/**
 * Who may ask. `open`: whoever reaches the port, for what tells nothing. `read`: the same where only this machine reaches
 * the port, else whoever has the token. `change`: whoever has the token.
 */
export type Access = "open" | "read" | "change";

/** A request to the admin port that was let in. */
export interface AdminCall {
  /** What a `*` at the end of the handler's path stands for, percent-decoded; empty without one. */
  readonly rest: string;
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
  /** For a reply that goes on and on; it has its security headers already. */
  readonly response: ServerResponse;
}

/** One thing that the admin port answers. */
export interface AdminHandler {
  /** HEAD is answered like GET. */
  readonly method: "GET" | "POST";
  /** `/metrics`, or `/processes/*` for everything below. */
  readonly path: string;
  readonly access: Access;
  /** The reply; or undefined, when it is written to `call.response` by the handler itself. */
  handle(call: AdminCall): Reply | undefined | Promise<Reply | undefined>;
}

/** A reply of JSON. */
export function jsonReply(status: number, value: unknown): Reply {
  return { status, contentType: "application/json", headers: [], body: `${JSON.stringify(value)}\n` };
}

import type { Message } from "../../core/message.ts";
import type { Failure } from "../../replies/failure.ts";

/** How a caller proves who it is; header names in any case. */
export type AuthOptions =
  | { readonly type: "bearer" }
  | { readonly type: "basic"; readonly user: string }
  | { readonly type: "apikey"; readonly header: string }
  | ({ readonly type: "hmac" } & HmacOptions);

export interface HmacOptions {
  readonly header: string;
  readonly algorithm: "sha1" | "sha256" | "sha512";
  /** What stands before the digits, as in `sha256=0123...`; may be empty. */
  readonly prefix: string;
}

/** Undefined for a caller that may pass, else what it is told. Looks at the head only, or for `hmac` at the body too. */
export type Authorize = (message: Message) => Failure | undefined;

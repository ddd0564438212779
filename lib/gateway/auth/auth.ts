import { apiKeyAuth } from "./apikey.ts";
import { basicAuth } from "./basic.ts";
import { bearerAuth } from "./bearer.ts";
import { hmacAuth } from "./hmac.ts";
import type { AuthOptions, Authorize } from "./types.ts";

/**
 * Checks callers against one secret. What a caller presents is compared in a time that tells nothing of the secret, and
 * neither is ever part of a message. Throws UrocketError `config-invalid` for a secret that no caller could present.
 *
 * @example
 * const authorize = createAuth({ type: "bearer" }, Buffer.from("s3cret"));
 * authorize(message)?.code; // "unauthorized"
 */
export function createAuth(options: AuthOptions, secret: Buffer): Authorize {
  switch (options.type) {
    case "bearer":
      return bearerAuth(secret);
    case "basic":
      return basicAuth(options.user, secret);
    case "apikey":
      return apiKeyAuth(options.header, secret);
    case "hmac":
      return hmacAuth(options, secret);
  }
}

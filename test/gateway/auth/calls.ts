import assert from "node:assert/strict";
import type { Message } from "../../../lib/core/message.ts";
import { type AuthOptions, createAuth } from "../../../lib/gateway/auth/index.ts";
import type { Failure } from "../../../lib/replies/failure.ts";
import { message } from "../../helpers/message.ts";

/** What a caller with these header fields is told; undefined when it may pass. */
export function call(
  options: AuthOptions,
  secret: string | Buffer,
  headers: Message["headers"],
  body: string | Buffer = "",
): Failure | undefined {
  return createAuth(options, Buffer.from(secret))(message({ headers, body: Buffer.from(body) }));
}

/** The challenge of a refusal, which must be a 401 that names neither secret nor what came. */
export function challenge(failure: Failure | undefined, ...unspoken: readonly string[]): string {
  assert.equal(failure?.code, "unauthorized");
  for (const text of unspoken) assert.equal(JSON.stringify(failure).includes(text), false, `told: ${text}`);
  const [field] = failure?.headers ?? [];
  assert.equal(field?.[0], "www-authenticate");
  return field?.[1] ?? "";
}

/** The message of the error that a secret is refused with. */
export function refusal(options: AuthOptions, secret: string | Buffer): string {
  let message = "";
  assert.throws(
    () => createAuth(options, Buffer.from(secret)),
    (error: Error & { code?: string }) => {
      message = error.message;
      return error.code === "config-invalid";
    },
  );
  return message;
}

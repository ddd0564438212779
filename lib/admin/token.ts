import { randomBytes } from "node:crypto";

/** A token that nobody guesses, made of characters that a URL and a header take as they are. */
export function newToken(): string {
  return randomBytes(24).toString("base64url");
}

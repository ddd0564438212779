import { isUtf8 } from "node:buffer";
import { UrocketError } from "../core/errors.ts";

/** What a process is given of a message: bytes as they came, or text that was made of them. */
export type Payload = Buffer | string;

/** A payload as an argument or a variable carries it. Throws UrocketError `payload-not-representable`. */
export function payloadText(payload: Payload): string {
  if (typeof payload === "string") return payload;
  if (!isUtf8(payload)) {
    throw new UrocketError(
      "payload-not-representable",
      `expected the body to be UTF-8 text, got ${payload.length} bytes that are not`,
    );
  }
  return payload.toString("utf8");
}

/** A payload as a file or standard input carries it. */
export function payloadBytes(payload: Payload): Buffer {
  return typeof payload === "string" ? Buffer.from(payload) : payload;
}

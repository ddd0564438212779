import { isUtf8 } from "node:buffer";
import { Malformed } from "../malformed.ts";

/** Turns the bytes of a body into text; throws Malformed for bytes that are none in its charset. */
export type Decoder = (body: Buffer) => string;

/** The decoder of a charset by its name, UTF-8 without one; undefined for a charset that is not known. */
export function decoderOf(charset: string | undefined): Decoder | undefined {
  if (charset === undefined || /^utf-?8$/i.test(charset)) return decodeUtf8;
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(charset, { fatal: true });
  } catch {
    return undefined;
  }
  return (body) => {
    try {
      return decoder.decode(body);
    } catch {
      throw new Malformed(`text in ${charset}`, "bytes that are none");
    }
  };
}

function decodeUtf8(body: Buffer): string {
  if (!isUtf8(body)) throw new Malformed("text in utf-8", "bytes that are none");
  // A byte order mark is not part of the text.
  const start = body.length >= 3 && body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0;
  return body.toString("utf8", start);
}

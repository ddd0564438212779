import { STATUS_CODES } from "node:http";
import type { Reply } from "../core/reply.ts";
import type { RawResponse } from "./raw-response.ts";

/** What writing a reply needs of the call it is for. */
export interface Writing {
  /** Announced in a header, unless it is empty. */
  readonly id: string;
  readonly verb: string;
  /** The last byte was handed over: the raw response is not valid any more. */
  sent(): void;
}

/** From this size on a body is written as the peer takes it, instead of being copied whole into a send buffer. */
const STREAMED = 65_536;

/** Writes a reply, within a cork. `close` closes the connection after it. */
export function writeReply(raw: RawResponse, call: Writing, reply: Reply, close: boolean): void {
  const { status, contentType, headers, body } = reply;
  // What the server writes by itself where no status is given (bench: matching).
  if (status !== 200) raw.writeStatus(`${status} ${STATUS_CODES[status] ?? "Unknown"}`);
  if (call.id !== "") raw.writeHeader("urocket-request-id", call.id);
  if (contentType !== undefined) raw.writeHeader("content-type", fieldValue(contentType));
  for (const [name, value] of headers) raw.writeHeader(name, fieldValue(value));
  if (status === 204 || status === 304) {
    endWithoutBody(raw, call, undefined, close);
  } else if (call.verb === "head") {
    endWithoutBody(raw, call, Buffer.byteLength(body), close);
  } else if (typeof body === "string" || body.length < STREAMED) {
    raw.end(body, close);
    call.sent();
  } else {
    stream(raw, call, body, close);
  }
}

/** endWithoutBody(length) would leave the connection waiting for that many bytes, so the header is written here. */
function endWithoutBody(raw: RawResponse, call: Writing, length: number | undefined, close: boolean): void {
  if (length !== undefined) raw.writeHeader("content-length", String(length));
  if (close) raw.writeHeader("connection", "close");
  raw.endWithoutBody();
  call.sent();
}

function stream(raw: RawResponse, call: Writing, body: Buffer, close: boolean): void {
  if (close) raw.writeHeader("connection", "close");
  const start = raw.getWriteOffset();
  if (tryEnd(raw, call, body, body.length)) return;
  raw.onWritable((offset) => tryEnd(raw, call, body.subarray(offset - start), body.length));
}

function tryEnd(raw: RawResponse, call: Writing, rest: Buffer, total: number): boolean {
  const [ok, done] = raw.tryEnd(rest, total);
  if (done) call.sent();
  return ok;
}

/** No value may end its field: CR, LF and NUL become spaces (RFC 9110, 5.5). */
function fieldValue(value: string): string {
  return /[\r\n\0]/.test(value) ? value.replace(/[\r\n\0]/g, " ") : value;
}

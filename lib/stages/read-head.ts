import type { Headers } from "../core/message.ts";

/** The part of uWebSockets' request that a head is read from. */
export interface RawRequest {
  getUrl(): string;
  getMethod(): string;
  getQuery(): string | undefined;
  forEach(take: (name: string, value: string) => void): unknown;
}

/** Copies what is needed of a request, which is gone when its handler returns. `size` is that of the head in bytes. */
export function readHead(request: RawRequest, id: string) {
  const path = request.getUrl();
  const verb = request.getMethod();
  const query = request.getQuery() ?? "";
  const { headers, size } = readHeaders(request);
  return { id, path, verb, query, headers, size: size + verb.length + path.length + query.length + REQUEST_LINE };
}

/** What a request line and the end of a head have beside verb, path and query: `" " "?" " HTTP/1.1" CRLF CRLF`. */
const REQUEST_LINE = 15;

/** What a field has beside name and value: `": " CRLF`. */
const FIELD = 4;

/** Fields of one name are joined as RFC 9110, 5.3 has it. */
function readHeaders(request: RawRequest): { headers: Headers; size: number } {
  const headers = new Fields();
  let size = 0;
  request.forEach((name, value) => {
    size += name.length + value.length + FIELD;
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}${name === "cookie" ? "; " : ", "}${value}`;
  });
  return { headers, size };
}

/**
 * Inherits nothing, for a caller may name a field as it likes. Objects of a class share their shape where their fields
 * are the same; those of `Object.create(null)` are hash tables from the beginning (bench: matching).
 */
class Fields {
  [name: string]: string;
}
Reflect.deleteProperty(Fields.prototype, "constructor");
Object.setPrototypeOf(Fields.prototype, null);

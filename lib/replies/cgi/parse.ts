import { headerFault, isReserved, statusFault } from "../header-rules.ts";

/** A CGI response taken apart (RFC 3875, 6). */
export interface CgiResponse {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** Bytes that the header of a response may have. */
const LONGEST_HEAD = 65_536;
const LF = 0x0a;

/**
 * Reads what a CGI program printed: header fields, each on a line ended by LF or CRLF, an empty line, the body. Returns
 * what is wrong with it as text.
 *
 * `Status` sets the status, `Location` alone makes it 302. A local redirect (a path in `Location`) is sent to the caller
 * like any other, who follows it; RFC 3875 would have us fetch it. Fields of the connection and of framing are dropped,
 * for programs print them that were written for another server.
 */
export function parseCgiResponse(output: Buffer): CgiResponse | string {
  const head = readHead(output);
  if (typeof head === "string") return head;
  let status: string | undefined;
  let contentType: string | undefined;
  const headers: [string, string][] = [];
  for (const line of head.lines) {
    const colon = line.indexOf(":");
    if (colon <= 0) return `expected \`name: value\`, got ${JSON.stringify(line.slice(0, 60))}`;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (isReserved(name)) continue;
    const fault = headerFault(name, value);
    if (fault !== undefined) return fault;
    if (name === "status") {
      if (status !== undefined) return "expected one Status, got two";
      status = value.slice(0, 3);
      const wrong = /^\d{3}(?: |$)/.test(value) ? statusFault(status) : statusFault(value);
      if (wrong !== undefined) return wrong;
    } else if (name === "content-type") {
      if (contentType !== undefined) return "expected one Content-Type, got two";
      contentType = value;
    } else {
      headers.push([name, value]);
    }
  }
  const location = headers.some(([name]) => name === "location");
  const body = output.subarray(head.end);
  if (contentType === undefined && status === undefined && !location) {
    return "expected Content-Type, Location or Status, got none of them";
  }
  if (contentType === undefined && body.length > 0) return "expected Content-Type with a body, got none";
  return { status: Number(status ?? (location ? "302" : "200")), contentType, headers, body };
}

/** The lines of the header and where the body begins. */
function readHead(output: Buffer): { lines: string[]; end: number } | string {
  const lines: string[] = [];
  let at = 0;
  for (;;) {
    const end = output.indexOf(LF, at);
    if (end === -1 || end >= LONGEST_HEAD) {
      return `expected an empty line within ${LONGEST_HEAD} bytes, got none in ${output.length}`;
    }
    // One octet a character, as HTTP has it.
    const line = output.toString("latin1", at, end).replace(/\r$/, "");
    at = end + 1;
    if (line === "") return { lines, end: at };
    lines.push(line);
  }
}

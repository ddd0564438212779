import type { Reply } from "../../core/reply.ts";
import { headerFault, isBodiless, isReserved, statusFault } from "../header-rules.ts";
import { readCgiHead } from "./head.ts";

/**
 * Reads what a CGI program printed: header fields, each on a line ended by LF or CRLF, an empty line, the body. Returns
 * what is wrong with it as text, which never quotes more than a name or a status: the rest may be secret.
 *
 * `Status` sets the status, `Location` alone makes it 302. A local redirect (a path in `Location`) is sent to the caller
 * like any other, who follows it; RFC 3875 would have us fetch it. Fields of the connection and of framing are dropped,
 * for programs print them that were written for another server.
 */
export function parseCgiResponse(output: Buffer): Reply | string {
  const head = readCgiHead(output);
  if (typeof head === "string") return head;
  let status: string | undefined;
  let contentType: string | undefined;
  const headers: [string, string][] = [];
  for (const [index, line] of head.lines.entries()) {
    const colon = line.indexOf(":");
    if (colon <= 0) return `expected \`name: value\` in line ${index + 1}, got one without a name`;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (isReserved(name)) continue;
    const fault = headerFault(name, value);
    if (fault !== undefined) return fault;
    if (name === "status") {
      if (status !== undefined) return "expected one Status, got two";
      const wrong = statusFault(/^\d{3}(?: |$)/.test(value) ? value.slice(0, 3) : value);
      if (wrong !== undefined) return wrong;
      status = value.slice(0, 3);
    } else if (name === "content-type") {
      if (contentType !== undefined) return "expected one Content-Type, got two";
      contentType = value;
    } else {
      headers.push([name, value]);
    }
  }
  const location = headers.some(([name]) => name === "location");
  if (contentType === undefined && status === undefined && !location) {
    return "expected Content-Type, Location or Status, got none of them";
  }
  const code = Number(status ?? (location ? "302" : "200"));
  // Programs print a line end where they mean nothing.
  const body = isBodiless(code) ? NOTHING : output.subarray(head.end);
  if (contentType === undefined && body.length > 0) return "expected Content-Type with a body, got none";
  return { status: code, contentType, headers, body };
}

const NOTHING = Buffer.alloc(0);

import type { Headers } from "../core/message.ts";
import type { Reply } from "../core/reply.ts";
import type { Failure } from "./failure.ts";
import { headerFault, isBodiless, statusFault } from "./header-rules.ts";

/** Header field of a post that names the status for the caller. */
const STATUS = "urocket-status";
/** What header fields of a post begin with that are meant for the caller. */
const FIELD = "urocket-h-";

/** A posted answer as its caller will get it, or what is wrong with it, for the poster. */
export type Posted = { readonly reply: Reply } | { readonly fault: string };

/**
 * Reads a post: body and content type go on as they are; `Urocket-Status` and `Urocket-H-<Name>` set status and headers.
 * A post that can't be used releases nobody: its sender may correct it.
 */
export function readPost(headers: Headers, body: Buffer): Posted {
  const status = headers[STATUS] ?? "200";
  const wrongStatus = statusFault(status);
  if (wrongStatus !== undefined) return { fault: wrongStatus };
  if (isBodiless(Number(status)) && body.length > 0) {
    return { fault: `expected no body with status ${status}, got ${body.length} bytes` };
  }
  const type = headers["content-type"] ?? "";
  const wrongType = asciiFault("content-type", type);
  if (wrongType !== undefined) return { fault: wrongType };
  const fields: [string, string][] = [];
  for (const field in headers) {
    if (!field.startsWith(FIELD)) continue;
    const name = field.slice(FIELD.length);
    const value = headers[field] as string;
    const fault = name === "content-type" ? TYPE_TWICE : (headerFault(name, value) ?? asciiFault(name, value));
    if (fault !== undefined) return { fault };
    if (name === "set-cookie") for (const cookie of value.split(BETWEEN_COOKIES)) fields.push([name, cookie]);
    else fields.push([name, value]);
  }
  // A poster that names no type sends an empty one through some libraries; the caller gets none either way.
  return {
    reply: { status: Number(status), contentType: type || undefined, headers: fields, body },
  };
}

/** What comes beyond ASCII is not what was sent: the server takes octets for UTF-8, and at the ends of a value for space. */
function asciiFault(name: string, value: string): string | undefined {
  return /^[\t\x20-\x7e]*$/.test(value) ? undefined : `expected the value of ${name} in ASCII, got other characters`;
}

const TYPE_TWICE = "expected the content type of the answer as that of the post, got Urocket-H-Content-Type";

/**
 * Several fields of one name come joined, which all allow but Set-Cookie (RFC 9110, 5.3). A comma within a cookie is that
 * of a date, which no `name=` follows (RFC 6265, 4.1.1).
 */
const BETWEEN_COOKIES = /, (?=[!#$%&'*+.^_`|~0-9A-Za-z-]+=)/;

/** Bytes of a reported error that its caller is told. */
const LONGEST_REPORT = 4096;

/** The failure that a process reports on purpose: what it posted is the detail. */
export function reportedFailure(body: Buffer): Failure {
  // The cut may go through a character: as a stream, its beginning is left out.
  const text = new TextDecoder().decode(body.subarray(0, LONGEST_REPORT), { stream: true }).trim();
  return { code: "process-reported-error", detail: text === "" ? "the process reported an error" : text };
}

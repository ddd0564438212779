import { ERRORS, type ErrorCode } from "./errors.ts";
import type { Reply } from "./reply.ts";

/** Facts of one occurrence, beside the standard members: `errno`, `exit_code`, `signal`, ... */
export type ProblemExtras = Readonly<Record<string, string | number | readonly string[] | readonly object[]>>;

const NO_HEADERS: Reply["headers"] = Object.freeze([]);

/**
 * A problem+json reply (RFC 9457) for a catalogue code.
 * `type` is `urn:urocket:error:<code>`: a name to match on, not an address to fetch.
 */
export function problem(
  code: ErrorCode,
  detail: string,
  requestId: string,
  extras?: ProblemExtras,
  headers: Reply["headers"] = NO_HEADERS,
): Reply {
  const { status, title } = ERRORS[code];
  const body = { type: `urn:urocket:error:${code}`, title, status, code, detail, request_id: requestId, ...extras };
  return { status, contentType: "application/problem+json", headers, body: JSON.stringify(body) };
}

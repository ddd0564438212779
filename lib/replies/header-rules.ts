/** A field name (RFC 9110, 5.1). */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** A field value without the characters that would end it (RFC 9110, 5.5): tab, what is visible, and text beyond ASCII. */
const VALUE = /^[\t\x20-\x7e\xa0-\u{10ffff}]*$/u;

/** Fields that belong to one connection (RFC 9110, 7.6.1), to the framing of the message, or to us. */
const RESERVED = new Set([
  "connection",
  "content-length",
  "date",
  "http2-settings",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "urocket-request-id",
  "urocket-stats",
]);

/** What is wrong with a header field that a process wants its caller to get; undefined when nothing is. */
export function headerFault(name: string, value: string): string | undefined {
  if (!NAME.test(name)) return `expected a header name, got ${JSON.stringify(name.slice(0, 40))}`;
  if (isReserved(name)) return `expected a header that is not the gateway's own, got ${name}`;
  if (!VALUE.test(value)) return `expected the value of ${name} without line ends and control characters, got one with`;
  return undefined;
}

/** Whether a field is the gateway's own: the processes have no say in it. */
export function isReserved(name: string): boolean {
  return RESERVED.has(name.toLowerCase());
}

/** What is wrong with a status; undefined when nothing is. 1xx ends no request, so it can't be an answer. */
export function statusFault(status: string): string | undefined {
  return /^[2-5]\d\d$/.test(status) ? undefined : `expected a status from 200 to 599, got ${status.slice(0, 20)}`;
}

/** Whether a reply of this status has no body (RFC 9110, 15.3.5, 15.3.6, 15.4.5). */
export function isBodiless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

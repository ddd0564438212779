/** A trace context as the header field `traceparent` has it. */
export interface Traceparent {
  readonly traceId: string;
  readonly spanId: string;
  readonly flags: number;
}

/** Reads `traceparent`; undefined for what is none (W3C Trace Context, 3.2): such a trace begins anew. */
export function parseTraceparent(header: string | undefined): Traceparent | undefined {
  const [, traceId = "", spanId = "", flags = ""] = (header !== undefined && FORM.exec(header)) || [];
  return traceId === "" ? undefined : { traceId, spanId, flags: Number.parseInt(flags, 16) };
}

/** A version above 00 may have more at its end. */
const FORM = /^(?!ff|00-.{52}-)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

import { type Context, createTraceState, ROOT_CONTEXT, type SpanContext, TraceFlags, trace } from "@opentelemetry/api";
import type { TraceCarrier } from "../../core/events.ts";
import type { Headers } from "../../core/message.ts";
import { parseTraceparent } from "../../core/traceparent.ts";

/** The context that a caller sent (W3C Trace Context); the root where there is none, or a malformed one. */
export function contextOf({ traceparent, tracestate }: Headers): Context {
  const parent = parseTraceparent(traceparent);
  if (parent === undefined) return ROOT_CONTEXT;
  const { traceId, spanId, flags } = parent;
  const known = { traceId, spanId, traceFlags: flags & TraceFlags.SAMPLED, isRemote: true };
  const state = tracestate === undefined ? {} : { traceState: createTraceState(tracestate) };
  return trace.setSpanContext(ROOT_CONTEXT, { ...known, ...state });
}

/** Writes a span as the context of whoever comes next. */
export function carry({ traceId, spanId, traceFlags, traceState }: SpanContext, carrier: TraceCarrier): void {
  carrier.traceparent = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
  carrier.tracestate = traceState?.serialize() ?? "";
}

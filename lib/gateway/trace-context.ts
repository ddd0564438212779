import { events, type TraceCarrier } from "../core/events.ts";
import type { Headers, Message } from "../core/message.ts";
import { parseTraceparent } from "../core/traceparent.ts";
import type { SpawnSpec } from "../process/types.ts";
import type { Route } from "./route.ts";

/**
 * Tells whoever listens that a message has its slot, and puts the trace context into the environment of its process
 * (`TRACEPARENT`, `TRACESTATE`): what the caller sent, or what a listener put in its place.
 */
export function admitTraced(spec: SpawnSpec, message: Message, route: Route, admittedAt: number): SpawnSpec {
  const { headers, id: requestId, receivedAt } = message;
  const listened = events.admitted.hasSubscribers;
  if (!listened && headers.traceparent === undefined) return spec;
  const carrier = carrierOf(headers);
  if (listened) {
    const { path, verb, logLevel } = route;
    events.admitted.publish({ requestId, route: path, verb, logLevel, queue: admittedAt - receivedAt, carrier });
  }
  if (carrier.traceparent === "") return spec;
  return { ...spec, env: [...listOf(spec.env), ...variables(carrier, spec.env)] };
}

/** The context that a caller sent; one that is malformed is none. */
function carrierOf({ traceparent, tracestate = "" }: Headers): TraceCarrier {
  if (traceparent === undefined || parseTraceparent(traceparent) === undefined)
    return { traceparent: "", tracestate: "" };
  return { traceparent, tracestate };
}

/** What the configuration sets itself stays. */
function variables({ traceparent, tracestate }: TraceCarrier, env: SpawnSpec["env"]): string[] {
  const own = [`TRACEPARENT=${traceparent}`];
  if (tracestate !== "") own.push(`TRACESTATE=${tracestate}`);
  const names = new Set(listOf(env).map(nameOf));
  return own.filter((variable) => !names.has(nameOf(variable)));
}

function listOf(env: SpawnSpec["env"]): readonly string[] {
  if (Array.isArray(env)) return env;
  return Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`));
}

function nameOf(variable: string): string {
  return variable.slice(0, variable.indexOf("="));
}

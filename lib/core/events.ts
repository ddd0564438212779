import { channel } from "node:diagnostics_channel";
import type { LogLevel } from "./log-level.ts";
import type { Headers } from "./message.ts";

/**
 * The events of urocket, by `diagnostics_channel` name. Publishing costs one property read while nobody listens:
 * guard each with `hasSubscribers`. The payload types are the interfaces below.
 */
export const events = {
  /** A message found its route and its caller waits. {@link MessageStored} */
  stored: channel("urocket:message:stored"),
  /** It has to wait for a slot. {@link MessageOnRoute} */
  queued: channel("urocket:message:queued"),
  /** It has its slot; its process is started next. {@link MessageAdmitted} */
  admitted: channel("urocket:message:admitted"),
  /** The caller was told to come back for the result later. {@link MessageAccepted} */
  accepted: channel("urocket:message:accepted"),
  /** A message ended; the caller has its reply or left. {@link MessageEnded} */
  ended: channel("urocket:message:ended"),
  /** The last of a message: it has ended, and so has its process, if it had one. {@link MessageOver} */
  over: channel("urocket:message:over"),
  /** The process of a message runs. {@link ProcessStarted} */
  started: channel("urocket:process:started"),
  /** The exit record of a message's process arrived. {@link ProcessExited} */
  exited: channel("urocket:process:exited"),
  /** A post on the reply socket that released nobody. {@link AnswerRefused} */
  refused: channel("urocket:answer:refused"),
  /** A fault of our own, caught before it could harm other messages. {@link Fault} */
  fault: channel("urocket:fault"),
} as const;

/** `route` is the path key of the configuration, `verb` its verb. */
export interface MessageOnRoute {
  readonly requestId: string;
  readonly route: string;
  readonly verb: string;
  /** The least severe level that is logged of this route; undefined: that of the log. */
  readonly logLevel: LogLevel | undefined;
}

/** As it came in: headers for those who follow a trace, and the time in milliseconds of `performance.now()`. */
export interface MessageStored extends MessageOnRoute {
  readonly path: string;
  readonly headers: Headers;
  readonly receivedAt: number;
}

/** `queue`: milliseconds from arrival to slot. */
export interface MessageAdmitted extends MessageOnRoute {
  readonly queue: number;
  /** Trace context that the process gets in its environment. Whoever listens may put another one there. */
  readonly carrier: TraceCarrier;
}

/** A trace context as W3C writes it in header fields; empty where there is none. */
export interface TraceCarrier {
  traceparent: string;
  tracestate: string;
}

/** The reply that told the caller to come back; milliseconds from arrival to it. */
export interface MessageAccepted extends MessageOnRoute {
  readonly status: number;
  readonly elapsed: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** How a message ended: the answer of the process, or an error code of the catalogue, or the caller left. */
export interface MessageEnded<Record = unknown> {
  readonly requestId: string;
  /** Undefined for a message that found none. */
  readonly route: string | undefined;
  readonly verb: string;
  readonly path: string;
  /** Status sent; 0 when the caller left before any. */
  readonly status: number;
  readonly how: string;
  /** Who gave the answer: somebody who posted it, or the process by its output or its end; undefined for none. */
  readonly answer: "posted" | "process" | undefined;
  /** The caller was told before to come back for this. */
  readonly later: boolean;
  /** When it came in, in milliseconds of `performance.now()`. */
  readonly receivedAt: number;
  /** Milliseconds from arrival to end. */
  readonly elapsed: number;
  /** Milliseconds from arrival to slot; undefined where it never had one. */
  readonly queue: number | undefined;
  /** Milliseconds from the answer, or what came instead of it, until the caller had its reply. */
  readonly reply: number;
  /** Bytes of the request's body and of the reply's. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** The exit record, when the process had ended by then. */
  readonly record: Record | undefined;
  readonly logLevel: LogLevel | undefined;
}

/** `record` is undefined where no process ran. */
export interface MessageOver<Record = unknown> {
  readonly ended: MessageEnded<Record>;
  readonly record: Record | undefined;
}

/** See {@link events}. */
export interface ProcessStarted extends MessageOnRoute {
  readonly pid: number;
}

/** `record` is an ExitRecord of urocket/process; typed loosely here because core imports nothing. */
export interface ProcessExited<Record = unknown> extends MessageOnRoute {
  readonly record: Record;
  /** Whether the route wants what the process printed in the log. */
  readonly logOutput: boolean;
}

/** `code` is the error code that the poster got. */
export interface AnswerRefused {
  readonly requestId: string;
  readonly code: string;
}

/** `requestId` is undefined where the fault belongs to no message. */
export interface Fault {
  readonly requestId: string | undefined;
  readonly error: unknown;
}

/** Tells whoever listens of a fault of our own; with nobody listening it becomes a warning of the runtime, never silence. */
export function reportFault(error: unknown, requestId?: string): void {
  if (events.fault.hasSubscribers) events.fault.publish({ requestId, error } satisfies Fault);
  else process.emitWarning(error instanceof Error ? error : new Error(String(error)));
}

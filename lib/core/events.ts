import { channel } from "node:diagnostics_channel";

/**
 * The events of urocket, by `diagnostics_channel` name. Publishing costs one property read while nobody listens:
 * guard each with `hasSubscribers`. The payload types are the interfaces below.
 */
export const events = {
  /** A message found its route and its caller waits. {@link MessageStored} */
  stored: channel("urocket:message:stored"),
  /** A message ended; the caller has its reply or left. {@link MessageEnded} */
  ended: channel("urocket:message:ended"),
  /** The exit record of a message's process arrived. {@link ProcessExited} */
  exited: channel("urocket:process:exited"),
  /** A post on the reply socket that released nobody. {@link AnswerRefused} */
  refused: channel("urocket:answer:refused"),
  /** A fault of our own, caught before it could harm other messages. {@link Fault} */
  fault: channel("urocket:fault"),
} as const;

/** `route` is the path key of the configuration, `verb` its verb. */
export interface MessageStored {
  readonly requestId: string;
  readonly route: string;
  readonly verb: string;
}

/** How a message ended: the answer of the process, or an error code of the catalogue, or the caller left. */
export interface MessageEnded<Record = unknown> {
  readonly requestId: string;
  readonly route: string | undefined;
  readonly verb: string;
  readonly path: string;
  /** Status sent; 0 when the caller left before any. */
  readonly status: number;
  readonly how: string;
  /** Milliseconds from arrival to end. */
  readonly elapsed: number;
  /** The exit record, when the process had ended by then. */
  readonly record: Record | undefined;
}

/** `record` is an ExitRecord of urocket/process; typed loosely here because core imports nothing. */
export interface ProcessExited<Record = unknown> {
  readonly requestId: string;
  readonly route: string;
  readonly verb: string;
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

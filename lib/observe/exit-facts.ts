import type { ProcessExited } from "../core/events.ts";

/** The part of an exit record that the log speaks of. The record itself belongs to another library beside this one. */
export interface ExitFacts {
  readonly pid: number;
  readonly how: string;
  readonly code: number | null;
  readonly signal: string | null;
  readonly reason: string | null;
  readonly step: string | null;
  readonly errno: string | null;
  readonly queued: number;
  readonly spawn: number;
  readonly run: number;
  readonly startedAt: number;
  readonly usage: UsageFacts;
  readonly stdout: OutputFacts;
  readonly stderr: OutputFacts;
}

/** What a process took. */
export interface UsageFacts {
  readonly utime: number;
  readonly stime: number;
  readonly maxrss: number;
  /** Whether `maxrss` is the process's own figure; otherwise it says nothing about it. */
  readonly maxrssExact: boolean;
}

/** What a process printed on one of its streams. */
export interface OutputFacts {
  readonly data: Buffer;
  readonly bytes: number;
  readonly truncated: boolean;
}

export type ProcessExitedEvent = ProcessExited<ExitFacts>;

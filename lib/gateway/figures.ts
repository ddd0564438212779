import type { Reply } from "../core/reply.ts";
import type { ExitRecord, ProcessHandle } from "../process/types.ts";
import { withLiveStats, withStats } from "../replies/stats.ts";

/** How long an answer waits for the exit record of its process, in milliseconds. */
export const FIGURES_PATIENCE = 250;

/** What is known of the process of a message, and when it arrived and got its slot (milliseconds of `performance.now()`). */
export interface Measured {
  readonly receivedAt: number;
  readonly admittedAt: number;
  readonly record: ExitRecord | undefined;
  readonly handle: ProcessHandle | undefined;
}

/** The reply with the figures of its process: those of its end, or before it those of now. */
export function withFigures(reply: Reply, { receivedAt, admittedAt, record, handle }: Measured): Reply {
  const queue = admittedAt - receivedAt;
  if (record !== undefined) return withStats(reply, record, queue);
  return withLiveStats(reply, handle?.snapshot?.(), queue, performance.now() - admittedAt);
}

import type { Reply } from "../core/reply.ts";
import type { ExitRecord, Snapshot } from "../process/index.ts";
import { micro } from "./micro.ts";

/** A reply with the figures of an ended process in `urocket-stats` (JSON) and `server-timing`. `queue` in milliseconds. */
export function withStats(reply: Reply, record: ExitRecord, queue: number): Reply {
  const { usage, how, code, signal, startedAt, spawn, run, stdout, stderr } = record;
  const stats = {
    utime: micro(usage.utime),
    stime: micro(usage.stime),
    maxrss: usage.maxrss,
    maxrss_exact: usage.maxrssExact,
    wall: micro(spawn + run),
    exit: { how, code, signal },
    stdout: stdout.bytes,
    stderr: stderr.bytes,
    started_at: new Date(startedAt).toISOString(),
  };
  return extend(reply, stats, timing(queue + record.queued, spawn, run));
}

/** The same for a process that still runs: what /proc tells of it now, if anything. `run` is how long it runs already. */
export function withLiveStats(reply: Reply, now: Snapshot | undefined, queue: number, run: number): Reply {
  const known = now && { utime: now.utime, stime: now.stime, maxrss: now.maxrss, maxrss_exact: true };
  return extend(reply, { running: true, ...known, wall: micro(run) }, timing(queue, undefined, run));
}

function extend(reply: Reply, stats: object, serverTiming: string): Reply {
  const fields = [["urocket-stats", JSON.stringify(stats)] as const, ["server-timing", serverTiming] as const];
  return { ...reply, headers: [...reply.headers, ...fields] };
}

/** Server Timing (W3C), durations in milliseconds. */
function timing(queue: number, spawn: number | undefined, run: number): string {
  const started = spawn === undefined ? "" : `, spawn;dur=${micro(spawn)}`;
  return `queue;dur=${micro(queue)}${started}, run;dur=${micro(run)}`;
}

import type { Followed } from "./followed.ts";
import type { StatusSpan, StatusTimeline } from "./types.ts";

/** What is known of a process that runs. `startedAt`: milliseconds of `performance.now()`. */
export interface LiveProcess {
  readonly pid: number;
  readonly startedAt: number;
}

/** A message from its arrival to now or its end; `live` is its process, if that runs. */
export function timelineOf(message: Followed, live: LiveProcess | undefined): StatusTimeline {
  const { requestId, route, verb, path, status, how, bytesIn, bytesOut, ending, receivedAt, stderr } = message;
  const spans = spansOf(message, live, performance.now() - receivedAt);
  const now = message.over ? Math.max(message.elapsed, ...spans.map(({ to }) => to)) : performance.now() - receivedAt;
  return {
    requestId,
    route,
    verb,
    path,
    receivedAt: performance.timeOrigin + receivedAt,
    phase: phaseOf(message, live),
    spans,
    elapsed: now,
    status,
    how,
    bytesIn,
    bytesOut,
    pid: live?.pid ?? (ending?.ran === true ? ending.pid : null),
    process: ending?.words ?? null,
    cpuUser: ending?.cpuUser ?? null,
    cpuSystem: ending?.cpuSystem ?? null,
    maxrss: ending?.maxrss ?? null,
    stderr,
  };
}

function phaseOf({ over, admittedAt, ending }: Followed, live: LiveProcess | undefined): StatusTimeline["phase"] {
  if (over) return "over";
  if (live !== undefined) return "running";
  if (ending !== undefined) return "handed-on";
  return admittedAt === 0 ? "waiting" : "starting";
}

function spansOf(message: Followed, live: LiveProcess | undefined, now: number): StatusSpan[] {
  const { receivedAt, admittedAt, how, elapsed, reply } = message;
  const answered: StatusSpan[] =
    how === null ? [] : [{ name: "reply", from: Math.max(0, elapsed - reply), to: elapsed }];
  if (admittedAt === 0) return [{ name: "queue", from: 0, to: how === null ? now : elapsed - reply }, ...answered];
  const admitted = admittedAt - receivedAt;
  return [{ name: "queue", from: 0, to: admitted }, ...processSpans(message, live, admitted, now), ...answered];
}

function processSpans({ ending }: Followed, live: LiveProcess | undefined, from: number, now: number): StatusSpan[] {
  if (ending !== undefined) {
    const ran = from + ending.spawn;
    const spawn: StatusSpan = { name: "spawn", from, to: ran };
    return ending.ran ? [spawn, { name: "run", from: ran, to: ran + ending.run }] : [spawn];
  }
  if (live === undefined) return [{ name: "spawn", from, to: now }];
  const ran = Math.max(from, now - (performance.now() - live.startedAt));
  return [
    { name: "spawn", from, to: ran },
    { name: "run", from: ran, to: now },
  ];
}

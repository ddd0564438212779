import type { Messages } from "./messages.ts";
import type { ProcessTable } from "./sources.ts";
import type { LiveProcess } from "./timeline.ts";
import type { Traffic } from "./traffic.ts";
import type { StatusProcess } from "./types.ts";

/** Those who know of messages and of routes. */
interface Known {
  readonly messages: Messages;
  readonly traffic: Traffic;
}

/** The processes that run, oldest first. Only so many are looked at: each costs two reads of /proc. */
export function listProcesses(table: ProcessTable, { messages, traffic }: Known, most: number): StatusProcess[] {
  const now = monotonic();
  const oldest = [...table.list()].sort((one, other) => one.startedAt - other.startedAt);
  return oldest.slice(0, most).flatMap(({ requestId, pid, startedAt }) => {
    const message = requestId === undefined ? undefined : messages.find(requestId);
    // Its exit record is out, or it came before anybody followed.
    if (requestId === undefined || message === undefined) return [];
    const seen = table.snapshot(requestId);
    const cpu = seen === undefined ? null : seen.utime + seen.stime;
    const { route, verb } = message;
    if (route !== null && seen !== undefined) traffic.of(route, verb).seen(seen.maxrss);
    const state = { cpu, rss: seen?.rss ?? null, state: seen?.state ?? null };
    return [{ requestId, route, verb, pid, age: Math.max(0, now - startedAt), ...state }];
  });
}

/** The process of one message; undefined when none runs. */
export function findProcess(table: ProcessTable, requestId: string): LiveProcess | undefined {
  const found = table.list().find((listed) => listed.requestId === requestId);
  return found && { pid: found.pid, startedAt: found.startedAt + performance.now() - monotonic() };
}

/** Milliseconds on the clock that starts of processes are told in, which is not that of `performance.now()`. */
function monotonic(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

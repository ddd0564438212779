import { readFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import type { Machine } from "./capacity.ts";

/** What this machine lets us have: its own size, our resource limits, and the bounds of the control group we are in. */
export function readMachine(): Machine {
  const limits = readIfThere("/proc/self/limits");
  const group = ownGroup();
  // Without a bound it is 0 or beyond all memory.
  const memory = process.constrainedMemory();
  return {
    cpus: Math.min(availableParallelism(), quota(readIfThere(`${group}/cpu.max`))),
    memory: memory > 0 ? Math.min(memory, totalmem()) : totalmem(),
    descriptors: softLimit(limits, "Max open files"),
    processes: Math.min(softLimit(limits, "Max processes"), count(readIfThere(`${group}/pids.max`))),
  };
}

/** See cgroups(7); the usual place of the hierarchy is enough for a default. */
function ownGroup(): string {
  const path = /^0::(.*)$/m.exec(readIfThere("/proc/self/cgroup"))?.[1] ?? "/";
  return `/sys/fs/cgroup${path}`;
}

/** CPUs from `50000 100000`, quota and period; `max` is no bound. */
function quota(text: string): number {
  const [time, period] = text.split(/\s/).map(Number);
  return time !== undefined && period !== undefined && time > 0 && period > 0
    ? time / period
    : Number.POSITIVE_INFINITY;
}

/** See proc_pid_limits(5). */
function softLimit(limits: string, name: string): number {
  return count(new RegExp(`^${name} +(\\S+)`, "m").exec(limits)?.[1] ?? "");
}

function count(text: string): number {
  return /^\d+\s*$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}

/** Whoever hides these files, or has none of them, sets no bound that we could know of. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

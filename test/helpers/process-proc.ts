import { readFileSync } from "node:fs";
import { until } from "./until.ts";

/** Whether a process runs: it exists and is no zombie. */
export function alive(pid: number): boolean {
  const state = stat(pid)[0];
  return state !== undefined && state !== "Z" && state !== "X";
}

/** Waits until a process has ended. */
export async function gone(pid: number): Promise<void> {
  await until(`the end of ${pid}: ${stat(pid).slice(0, 3)}`, () => !alive(pid));
}

/** The parent of a process, 0 when there is no such process. */
export function parentOf(pid: number): number {
  return Number(stat(pid)[1] ?? 0);
}

/** A line of /proc/PID/status, as text. */
export function statusLine(status: string, name: string): string | undefined {
  return new RegExp(`^${name}:[ \\t]*(.*)$`, "m").exec(status)?.[1];
}

/** The fields of proc_pid_stat(5) from the state on; none when there is no such process. */
function stat(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}

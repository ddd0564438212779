import { readdirSync, readFileSync } from "node:fs";
import { ignoringGone } from "./gone.ts";

/** CPU time in microseconds. */
export interface CpuTime {
  readonly user: number;
  readonly system: number;
}

/** User and system time of these processes themselves: what their children used is not in it. */
export function ownCpu(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const { user, system } = readCpu(`/proc/${pid}/stat`);
    return sum + user + system;
  }, 0);
}

/** The times in a `stat` file of proc(5), of a process or a thread. */
export function readCpu(file: string): CpuTime {
  // The name, in parentheses, may hold spaces: fields are counted behind it.
  const text = readFileSync(file, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { user: Number(fields[11]) * TICK, system: Number(fields[12]) * TICK };
}

/** A process and all that descend from it, as of now. */
export function familyOf(pid: number): number[] {
  const tasks = ignoringGone(() => readdirSync(`/proc/${pid}/task`)) ?? [];
  const children = tasks.flatMap((task) => {
    const text = ignoringGone(() => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")) ?? "";
    return text.split(" ").filter(Boolean).map(Number);
  });
  return [pid, ...children.flatMap(familyOf)];
}

/** In microseconds: the unit of these times is a hundredth of a second on every architecture that Node runs on. */
const TICK = 10_000;

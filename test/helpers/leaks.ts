import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { until } from "./until.ts";

/** The descriptors of a process: number → what it is open on. */
export function openDescriptors(pid: number): Map<string, string> {
  const open = new Map<string, string>();
  for (const fd of readdirSync(`/proc/${pid}/fd`)) {
    // One that was closed between the two calls is not open.
    const target = ignoringGone(() => readlinkSync(`/proc/${pid}/fd/${fd}`));
    if (target !== undefined) open.set(fd, target);
  }
  return open;
}

/** The children of a process, zombies too. */
export function childrenOf(pid: number): number[] {
  const children: number[] = [];
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const text = ignoringGone(() => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")) ?? "";
    children.push(...text.split(" ").filter(Boolean).map(Number));
  }
  return children;
}

/** Waits until a gateway has no child, not even a zombie, and no more descriptors than it had at the start. */
export async function checkIdle(pid: number, before: ReadonlyMap<string, string>): Promise<void> {
  await until(`no child of ${pid}: ${childrenOf(pid)}`, () => childrenOf(pid).length === 0);
  await until(`the descriptors of ${pid} to be those of the start`, () => openDescriptors(pid).size <= before.size);
}

/** Waits until nothing of an ended gateway is left: neither its socket file nor a process that was to answer there. */
export async function checkNothingLeft(socket: string): Promise<void> {
  await until(`the socket file to be gone: ${socket}`, () => !existsSync(socket));
  await until(
    `every process of the gateway to be gone: ${processesOf(socket)}`,
    () => processesOf(socket).length === 0,
  );
}

/** Processes whose environment names this socket: a gateway's children, whoever their parent is by now. */
export function processesOf(socket: string): number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => environment(pid).includes(`UROCKET_SOCKET=${socket}`)).map(Number);
}

function environment(pid: string): string[] {
  return ignoringGone(() => readFileSync(`/proc/${pid}/environ`, "utf8").split("\0")) ?? [];
}

/** Undefined where the process or the thread ended between being listed and being looked at, or is not ours to see. */
function ignoringGone<Value>(look: () => Value): Value | undefined {
  try {
    return look();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["ENOENT", "ESRCH", "EACCES", "EPERM"].includes(code)) return undefined;
    throw error;
  }
}

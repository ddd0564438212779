import { readdirSync, readFileSync } from "node:fs";
import { childrenOf, openDescriptors } from "./leaks.ts";
import { until } from "./until.ts";

/** What this process has at one moment: children, open descriptors, threads of supervisors. */
export interface Holdings {
  readonly children: ReadonlySet<number>;
  readonly descriptors: ReadonlyMap<string, string>;
  readonly threads: number;
}

/** Looks at what this process has now. */
export function holdings(): Holdings {
  return { children: new Set(childrenOf(process.pid)), descriptors: openDescriptors(process.pid), threads: threads() };
}

/** Waits until nothing is left of what was begun since `before`: no child, no zombie, no descriptor, no thread. */
export async function nothingLeft(before: Holdings): Promise<void> {
  try {
    await until("nothing left", () => leftSince(before).length === 0, 5000);
  } catch {
    throw new Error(`expected nothing to be left, got ${leftSince(before).join(", ")}`);
  }
}

function leftSince(before: Holdings): string[] {
  const now = holdings();
  const left: string[] = [];
  for (const pid of now.children) if (!before.children.has(pid)) left.push(`child ${pid}`);
  for (const [fd, target] of now.descriptors) {
    if (!before.descriptors.has(fd)) left.push(`descriptor ${fd} on ${target}`);
  }
  if (now.threads > before.threads) left.push(`${now.threads - before.threads} threads`);
  return left;
}

function threads(): number {
  let count = 0;
  for (const task of readdirSync("/proc/self/task")) if (nameOf(task).startsWith("urocket-")) count++;
  return count;
}

// A thread may end between being listed and being looked at.
function nameOf(task: string): string {
  try {
    return readFileSync(`/proc/self/task/${task}/comm`, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return "";
    throw error;
  }
}

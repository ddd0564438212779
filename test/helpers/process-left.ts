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
  return { children: new Set(children()), descriptors: openDescriptors(process.pid), threads: threads() };
}

/** Waits until nothing is left of what was begun since `before`: no child, no zombie, no descriptor, no thread. */
export async function nothingLeft(before: Holdings): Promise<void> {
  try {
    await until("nothing left", () => leftSince(before).length === 0);
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

// The compiler that TypeScript is loaded with is a process of its own, started when it is first needed.
function children(): number[] {
  return childrenOf(process.pid).filter((pid) => !nameOf(`/proc/${pid}`).startsWith("esbuild"));
}

function threads(): number {
  let count = 0;
  for (const task of readdirSync("/proc/self/task"))
    if (nameOf(`/proc/self/task/${task}`).startsWith("urocket-")) count++;
  return count;
}

// It may end between being listed and being looked at.
function nameOf(task: string): string {
  try {
    return readFileSync(`${task}/comm`, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return "";
    throw error;
  }
}

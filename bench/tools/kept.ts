import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";

const kept = new Set<ChildProcess>();

/**
 * Starts a program that does not outlive the bench, however that ends. It is the leader of a group of its own: fcgiwrap,
 * for one, sends SIGTERM to its whole group when it ends.
 */
export function startKept(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  // Before the folder is removed that they may use.
  if (kept.size === 0) process.prependOnceListener("exit", endAll);
  const child = spawn(command, args, { ...options, detached: true });
  kept.add(child);
  child.once("exit", () => {
    kept.delete(child);
    if (kept.size === 0) process.removeListener("exit", endAll);
  });
  return child;
}

/** Whether a program has ended, or was never there. */
export function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}

/** Asks a program to end, and makes it end when it doesn't; resolves when it has, and all that is in its group. */
export async function end(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), GRACE);
    await ended;
    clearTimeout(timer);
  }
  // Workers of fcgiwrap that wait for a connection do not mind SIGTERM.
  signalGroup(child, "SIGKILL");
}

const GRACE = 10_000;

/** There is little time at an exit, and nobody to wait with. */
function endAll(): void {
  for (const child of kept) signalGroup(child, "SIGTERM");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  for (const child of kept) signalGroup(child, "SIGKILL");
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Nobody is left in the group: what was to be reached.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

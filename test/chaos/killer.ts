import { readlinkSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { childrenOf } from "../helpers/leaks.ts";
import type { World } from "./world.ts";

/** Kills children of the gateway at random, as an administrator or the kernel out of memory would. */
export async function killOn(world: World, gateway: number): Promise<void> {
  while (!world.over && !world.stopping) {
    await delay(20 + world.random.below(60));
    const [first, ...others] = childrenOf(gateway);
    if (first === undefined) continue;
    try {
      const child = world.random.pick([first, ...others]);
      // Stopped before its exec, a child would keep the thread that starts it: only whoever can be told apart is stopped.
      const signals = hasStarted(child) ? (["SIGKILL", "SIGSTOP", "SIGTERM"] as const) : (["SIGKILL"] as const);
      process.kill(child, world.random.pick(signals));
      world.counts.add("killed or stopped");
    } catch (error) {
      // It ended by itself between the look and the signal.
      if (!["ESRCH", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }
}

/** Whether a child runs its own program by now: until then it has the gateway's. */
function hasStarted(pid: number): boolean {
  return readlinkSync(`/proc/${pid}/exe`) !== process.execPath;
}

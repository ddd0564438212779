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
      process.kill(world.random.pick([first, ...others]), world.random.pick(["SIGKILL", "SIGSTOP", "SIGTERM"]));
      world.counts.add("killed or stopped");
    } catch (error) {
      // It ended by itself between the look and the signal.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

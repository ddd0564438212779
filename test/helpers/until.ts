import { setTimeout as delay } from "node:timers/promises";

/** How long a condition may take before a test gives up on it, in milliseconds: long, for the machine may be slow. */
const PATIENCE = 60_000;

/** Waits until `condition` gives something else than undefined or false, and returns it. */
export async function until<Value>(
  what: string,
  condition: () => Value | undefined | false | Promise<Value | undefined | false>,
  patience = PATIENCE,
): Promise<Value> {
  const end = performance.now() + patience;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > end) throw new Error(`waited ${patience} ms in vain: ${what}`);
    await delay(5);
  }
}

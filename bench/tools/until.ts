import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE = 30_000;

/** Resolves with the first thing that `look` gives beside undefined and false. Throws after half a minute without. */
export async function until<Value>(
  what: string,
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
): Promise<Value> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`expected ${what}, waited ${PATIENCE / 1000} s for it`);
    await sleep(20);
  }
}

// What the memory peers share: how much our own program grows for each of 1,000 running processes.
import { readFileSync } from "node:fs";
import { getHeapStatistics } from "node:v8";

const SHORT = 2000;
const AT_ONCE = 16;
const FIRST = 500;
const MORE = 1000;

/**
 * `runShort()` runs a process to its end, `start()` starts a sleeping one and resolves once it runs. Prints KiB per
 * process that sleeps. What a program pays once (code that is loaded and compiled on the way, first arenas, the rooms
 * that V8 keeps free) is paid before: by processes that ended, few of them at once, and by the first that sleep.
 */
export async function footprint(runShort, start) {
  for (let i = 0; i < SHORT; i += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, runShort));
  const running = [];
  const run = async (count) => running.push(...(await Promise.all(Array.from({ length: count }, start))));
  await run(FIRST);
  const before = await look();
  await run(MORE);
  const after = await look();
  const each = Object.entries(after).map(([key, bytes]) => [key, (bytes - before[key]) / MORE / 1024]);
  console.log(JSON.stringify(Object.fromEntries(each)));
  return running;
}

async function look() {
  for (let i = 0; i < 3; i++) {
    globalThis.gc();
    await new Promise(setImmediate);
  }
  const rollup = readFileSync("/proc/self/smaps_rollup", "utf8");
  const bytes = (name) => 1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(rollup)[1]);
  const { used_heap_size, total_physical_size } = getHeapStatistics();
  // What is private and not V8's: the heap of malloc and the stacks of threads.
  const native = bytes("Anonymous") - total_physical_size;
  return { pss: bytes("Pss"), rss: bytes("Rss"), heap: used_heap_size, native };
}

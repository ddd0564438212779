import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** Idle share of a machine that is quiet enough to measure on. */
export const QUIET = 0.95;

/** The share of a second that the CPUs have nothing to do while we wait: what is missing to 1 is the work of others. */
export async function idleShare(): Promise<number> {
  const before = ticks();
  await sleep(1000);
  const after = ticks();
  return (after.idle - before.idle) / (after.all - before.all);
}

/** Resolves after a second in which nobody else was at work. */
export async function untilQuiet(): Promise<void> {
  while (!(await isQuiet()));
}

/** Whether nobody else was at work for a second. */
export async function isQuiet(): Promise<boolean> {
  return (await idleShare()) >= QUIET;
}

function ticks(): { readonly idle: number; readonly all: number } {
  const times = cpus().map((cpu) => cpu.times);
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  return { idle, all: times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, idle) };
}

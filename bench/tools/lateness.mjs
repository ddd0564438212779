// What the deadline peers share. All times are milliseconds of CLOCK_MONOTONIC, the clock of process.hrtime.
import { setTimeout as sleep } from "node:timers/promises";

export const COUNT = 500;
export const TIMEOUT = 2000;
const BLOCK = 1000;

export function monotonic() {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Blocks the event loop for a second, from just before the first deadline; resolves with how many fell into it. */
export async function blockOver(deadlines) {
  const first = Math.min(...deadlines);
  await sleep(first - monotonic() - 50);
  const begin = monotonic();
  while (monotonic() < begin + BLOCK);
  const end = monotonic();
  return deadlines.filter((deadline) => deadline > begin && deadline < end).length;
}

/** Prints the percentiles of the lateness, from what the processes printed when SIGTERM reached them. */
export function report(deadlines, outputs, blocked) {
  const late = outputs.map((output, i) => Number(output.split(" ")[1]) / 1e6 - deadlines[i]).sort((a, b) => a - b);
  if (late.length !== COUNT || late.some(Number.isNaN))
    throw new Error("expected a moment from each process, got less");
  const percentile = (share) => late[Math.ceil(share * late.length) - 1];
  console.log(JSON.stringify({ p50: percentile(0.5), p99: percentile(0.99), max: percentile(1), blocked }));
}

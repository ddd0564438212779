import { constants } from "node:os";
import type { SignalName } from "./types.ts";

const SIGNAL_NAMES = byNumber(constants.signals);
const ERRNO_NAMES = byNumber(constants.errno);

/** First real-time signal that programs may use (signal(7)); the C library keeps the two below it. */
const SIGRTMIN = 34;
const LAST_SIGNAL = 64;

/** "SIGTERM" for 15, "SIGRTMIN+3" for 37. */
export function signalName(number: number): SignalName {
  const name = SIGNAL_NAMES.get(number);
  if (name !== undefined) return name as SignalName;
  return number >= SIGRTMIN ? `SIGRTMIN+${number - SIGRTMIN}` : `SIG${number}`;
}

/** 15 for "SIGTERM", 37 for "SIGRTMIN+3", 32 for "SIG32"; undefined for a name that is none. */
export function signalNumber(name: string): number | undefined {
  if (Object.hasOwn(constants.signals, name)) return constants.signals[name as NodeJS.Signals];
  const match = /^SIG(RTMIN\+)?(\d{1,2})$/.exec(name);
  const number = match === null ? 0 : Number(match[2]) + (match[1] === undefined ? 0 : SIGRTMIN);
  return number >= 1 && number <= LAST_SIGNAL ? number : undefined;
}

/** "ENOENT" for 2; the bare number for one without a name. */
export function errnoName(number: number): string {
  return ERRNO_NAMES.get(number) ?? `errno ${number}`;
}

// Several names may share a number (EAGAIN and EWOULDBLOCK, SIGABRT and SIGIOT): the first one listed is the usual one.
function byNumber(table: Readonly<Record<string, number>>): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const [name, number] of Object.entries(table)) if (!names.has(number)) names.set(number, name);
  return names;
}

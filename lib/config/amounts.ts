import { parseDuration, parseSize } from "../core/units.ts";

/** Timers count milliseconds in 31 bits and fire at once above that. */
const LONGEST = 24 * 24 * 3_600_000;

/** Whole milliseconds; whatever is above 0 stays above 0, for 0 often means "no bound". */
export function toDuration(value: unknown): number | undefined {
  const duration = parseDuration(value);
  if (duration === undefined || duration > LONGEST) return undefined;
  return duration > 0 ? Math.max(1, Math.round(duration)) : 0;
}

/** Whole bytes. */
export function toSize(value: unknown): number | undefined {
  const size = parseSize(value);
  return Number.isSafeInteger(size) ? size : undefined;
}

/** A whole number within bounds, from a number or from its digits. */
export function toWhole(value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
  const number = typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= least && (number as number) <= most
    ? (number as number)
    : undefined;
}

/** A TCP port; 0 stands for any free one. */
export function toPort(value: unknown): number | undefined {
  return toWhole(value, 0, 0xffff);
}

/** A number of CPUs, parts of one too. */
export function toCpus(value: unknown): number | undefined {
  const cpus = typeof value === "string" && /^\d{1,9}(\.\d{1,9})?$/.test(value) ? Number(value) : value;
  return typeof cpus === "number" && Number.isFinite(cpus) && cpus > 0 ? cpus : undefined;
}

/** A bound as setrlimit(2) has it, its number read by `toNumber`. */
export function toBound(
  value: unknown,
  toNumber: (value: unknown) => number | undefined,
): number | "unlimited" | undefined {
  return value === "unlimited" ? value : toNumber(value);
}

/** Permission bits, from a number or from octal digits. */
export function toMode(value: unknown): number | undefined {
  if (typeof value === "string") return /^(0o?)?[0-7]{3}$/.test(value) ? octal(value) : undefined;
  return toWhole(value, 0, 0o777);
}

/** A file mode creation mask. Octal digits only: the number 22 would be taken for 026 by one and for 022 by another. */
export function toMask(value: unknown): number | undefined {
  if (value === 0) return 0;
  return typeof value === "string" && /^0o?[0-7]{1,3}$/.test(value) ? octal(value) : undefined;
}

function octal(digits: string): number {
  return Number.parseInt(digits.replace("o", ""), 8);
}

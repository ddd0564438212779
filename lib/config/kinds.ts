import { parseDuration, parseSize } from "../core/units.ts";

/** What a value can be beyond the words of JSON Schema: how a message names it, and the check behind the name. */
export const KINDS = {
  "a non-empty string": (value) => toText(value) !== undefined,
  "a duration from 0 to 24 days such as 1500 or 2m": (value) => toDuration(value) !== undefined,
  "a duration above 0 up to 24 days such as 1500 or 2m": (value) => (toDuration(value) ?? 0) > 0,
  "a size such as 65536 or 64KiB": (value) => toSize(value) !== undefined,
  "a port from 0 to 65535": (value) => toPort(value) !== undefined,
  "permission bits such as 0600": (value) => toMode(value) !== undefined,
  "text of the form NAME=value": (value) => typeof value === "string" && /^[^\s={}\0]+=[^\0]*$/.test(value),
  "a string without NUL characters": (value) => typeof value === "string" && !value.includes("\0"),
  "a command line or a list of words": (value) =>
    typeof value === "string" ? !value.includes("\0") : Array.isArray(value),
  "an address of the form usocket://...": (value) => typeof value === "string" && /^usocket:\/\//i.test(value),
} as const satisfies Record<string, (value: unknown) => boolean>;

/** The name of a kind, as messages give it. */
export type Kind = keyof typeof KINDS;

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

/** A TCP port, from a number or from its digits; 0 stands for any free one. */
export function toPort(value: unknown): number | undefined {
  const port = typeof value === "string" && /^\d{1,5}$/.test(value) ? Number(value) : value;
  return typeof port === "number" && Number.isInteger(port) && port >= 0 && port <= 0xffff ? port : undefined;
}

/** Permission bits, from a number or from octal digits. */
export function toMode(value: unknown): number | undefined {
  const mode = typeof value === "string" && /^(0o?)?[0-7]{3}$/.test(value) ? Number.parseInt(octal(value), 8) : value;
  return typeof mode === "number" && Number.isInteger(mode) && mode >= 0 && mode <= 0o777 ? mode : undefined;
}

/** Text that is neither empty nor cut short by a NUL character. */
export function toText(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" && !value.includes("\0") ? value : undefined;
}

function octal(digits: string): string {
  return digits.replace("o", "");
}

import { constants } from "node:os";
import { toWhole } from "./amounts.ts";

/** Text that is neither empty nor cut short by a NUL character. */
export function toText(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" && !value.includes("\0") ? value : undefined;
}

/** The one spelling of a signal name: `SIGTERM` for `term`, `SIGRTMIN+3` for itself. */
export function toSignal(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const name = `SIG${value.toUpperCase().replace(/^SIG/, "")}`;
  if (Object.hasOwn(constants.signals, name)) return name;
  const realtime = /^SIGRTMIN\+(\d{1,2})$/.exec(name)?.[1];
  return realtime !== undefined && Number(realtime) <= LAST_REALTIME ? name : undefined;
}

/** A user or group: its name, or its id from a number or from digits, for no name consists of digits alone. */
export function toIdentity(value: unknown): string | number | undefined {
  if (typeof value === "string" && !/^\d+$/.test(value)) return /^[^\s:\0-][^\s:\0]*$/.test(value) ? value : undefined;
  return toWhole(value, 0, LAST_ID);
}

/** A header name that callers can send, in lower case: the server library completes no head with another character in one. */
export function toHeaderName(value: unknown): string | undefined {
  return typeof value === "string" && /^[0-9A-Za-z-]+$/.test(value) ? value.toLowerCase() : undefined;
}

/** Whether this is a media type, perhaps with parameters, that can stand in a header. */
export function isMediaType(value: unknown): boolean {
  return typeof value === "string" && /^[!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+\s*(;[\t -~]*)?$/.test(value);
}

/** Whether this is the name of one variable, or of all that begin alike: `LC_*`. */
export function isVariablePattern(value: unknown): boolean {
  return typeof value === "string" && /^[^\s={}*\0]+\*?$/.test(value);
}

/** Whether this is the name of one variable. */
export function isVariableName(value: unknown): boolean {
  return isVariablePattern(value) && !String(value).endsWith("*");
}

/** Real-time signals are numbered from SIGRTMIN, 34, to 64; see signal(7). */
const LAST_REALTIME = 30;

/** The id above it, all bits set, means "leave as it is" to the kernel. */
const LAST_ID = 0xfffffffe;

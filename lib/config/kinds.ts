import { toBound, toCpus, toDuration, toMask, toMode, toPort, toSize, toWhole } from "./amounts.ts";
import { isMediaType, isVariableName, isVariablePattern, toHeaderName, toIdentity, toSignal, toText } from "./texts.ts";
import { isDataMap } from "./tree.ts";

/** What a value can be beyond the words of JSON Schema: how a message names it, and the check behind the name. */
export const KINDS = {
  "a non-empty string": (value) => toText(value) !== undefined,
  "a path or a list of paths": (value) => Array.isArray(value) || toText(value) !== undefined,
  "a duration from 0 to 24 days such as 1500 or 2m": (value) => toDuration(value) !== undefined,
  "a duration above 0 up to 24 days such as 1500 or 2m": (value) => (toDuration(value) ?? 0) > 0,
  "a size such as 65536 or 64KiB": (value) => toSize(value) !== undefined,
  "a size above 0 such as 65536 or 64KiB": (value) => (toSize(value) ?? 0) > 0,
  "a whole number, 0 or more": (value) => toWhole(value, 0) !== undefined,
  "a whole number above 0": (value) => toWhole(value, 1) !== undefined,
  "a number of CPUs above 0 such as 0.5": (value) => toCpus(value) !== undefined,
  "a niceness from -20 to 19": (value) => toWhole(value, -20, 19) !== undefined,
  "a port from 0 to 65535": (value) => toPort(value) !== undefined,
  "permission bits such as 0600": (value) => toMode(value) !== undefined,
  "an octal mask such as 022": (value) => toMask(value) !== undefined,
  "a size such as 64MiB, or unlimited": (value) => toBound(value, toSize) !== undefined,
  "a whole number such as 1024, or unlimited": (value) => toBound(value, toNumber) !== undefined,
  "a size such as 64MiB, unlimited, or a map of soft and hard": (value) =>
    isDataMap(value) || toBound(value, toSize) !== undefined,
  "a whole number such as 1024, unlimited, or a map of soft and hard": (value) =>
    isDataMap(value) || toBound(value, toNumber) !== undefined,
  "a signal name such as SIGTERM": (value) => toSignal(value) !== undefined,
  "a name or an id": (value) => toIdentity(value) !== undefined,
  "a user name without colons": (value) => typeof value === "string" && /^[^:\p{Cc}]+$/u.test(value),
  "the name of a header in letters, digits and hyphens": (value) => toHeaderName(value) !== undefined,
  "text without control characters": (value) => typeof value === "string" && !/\p{Cc}/u.test(value),
  "a media type such as text/plain": isMediaType,
  "the name of a variable": isVariableName,
  "the name of a variable, or PREFIX_*": isVariablePattern,
  "text of the form NAME=value": (value) => typeof value === "string" && /^[^\s={}\0]+=[^\0]*$/.test(value),
  "a string without NUL characters": (value) => typeof value === "string" && !value.includes("\0"),
  "a command line or a list of words": (value) =>
    typeof value === "string" ? !value.includes("\0") : Array.isArray(value),
  "a map, or false for none": (value) => value === false || isDataMap(value),
  "an address of the form usocket://...": (value) => typeof value === "string" && /^usocket:\/\//i.test(value),
} as const satisfies Record<string, (value: unknown) => boolean>;

/** The name of a kind, as messages give it. */
export type Kind = keyof typeof KINDS;

function toNumber(value: unknown): number | undefined {
  return toWhole(value, 0);
}

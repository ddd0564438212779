import type { Kind } from "./kinds.ts";

const DURATION = String.raw`^\s*\d+(\.\d+)?\s*(ms|s|m|min|h)?\s*$`;
const SIZE = String.raw`^\s*\d+(\.\d+)?\s*(B|kB|MB|GB|KiB|MiB|GiB)?\s*$`;
const BOUND_SIZE = String.raw`^(unlimited|\s*\d+(\.\d+)?\s*(B|kB|MB|GB|KiB|MiB|GiB)?\s*)$`;
const BOUND_COUNT = String.raw`^(unlimited|\d{1,15})$`;
const NAME = String.raw`^[^\s={}*]+$`;
const CONTROLS = "\\u0000-\\u001f\\u007f-\\u009f";

/**
 * What our kinds come to in the words of JSON Schema that every editor knows. Nothing that a kind takes is refused here;
 * a few slips, such as `SIGTEM`, are found by `urocket check` alone.
 */
export const EDITOR_KINDS: Readonly<Record<Kind, object>> = {
  "a non-empty string": { pattern: String.raw`\S` },
  "a path or a list of paths": { pattern: String.raw`\S` },
  "a duration from 0 to 24 days such as 1500 or 2m": { minimum: 0, pattern: DURATION },
  "a duration above 0 up to 24 days such as 1500 or 2m": { exclusiveMinimum: 0, pattern: DURATION },
  "a size such as 65536 or 64KiB": { minimum: 0, pattern: SIZE },
  "a size above 0 such as 65536 or 64KiB": { exclusiveMinimum: 0, pattern: SIZE },
  "a whole number, 0 or more": { minimum: 0, pattern: String.raw`^\d{1,15}$` },
  "a whole number above 0": { minimum: 1, pattern: String.raw`^0*[1-9]\d{0,14}$` },
  "a number of CPUs above 0 such as 0.5": { exclusiveMinimum: 0, pattern: String.raw`^\d+(\.\d+)?$` },
  "a niceness from -20 to 19": { minimum: -20, maximum: 19, pattern: String.raw`^-?\d{1,15}$` },
  "a port from 0 to 65535": { minimum: 0, maximum: 65_535, pattern: String.raw`^\d{1,15}$` },
  "permission bits such as 0600": { minimum: 0, maximum: 0o777, pattern: "^(0o?)?[0-7]{3}$" },
  // An editor's YAML may read 022 as twenty-two: it is not the editor's to judge.
  "an octal mask such as 022": { pattern: "^0o?[0-7]{1,3}$" },
  "a size such as 64MiB, or unlimited": { minimum: 0, pattern: BOUND_SIZE },
  "a whole number such as 1024, or unlimited": { minimum: 0, pattern: BOUND_COUNT },
  "a size such as 64MiB, unlimited, or a map of soft and hard": { minimum: 0, pattern: BOUND_SIZE },
  "a whole number such as 1024, unlimited, or a map of soft and hard": { minimum: 0, pattern: BOUND_COUNT },
  "a signal name such as SIGTERM": { pattern: String.raw`^([Ss][Ii][Gg])?[A-Za-z]+\d?(\+\d{1,2})?$` },
  "a name or an id": { minimum: 0, maximum: 0xfffffffe, pattern: String.raw`^[^\s:-][^\s:]*$` },
  "a user name without colons": { pattern: `^[^:${CONTROLS}]+$` },
  "the name of a header in letters, digits and hyphens": { pattern: "^[0-9A-Za-z-]+$" },
  "text without control characters": { pattern: `^[^${CONTROLS}]*$` },
  "a media type such as text/plain": { pattern: String.raw`^[^\s/;,]+/[^\s/;,]+\s*(;.*)?$` },
  "the name of a variable": { pattern: NAME },
  "the name of a variable, or PREFIX_*": { pattern: String.raw`^[^\s={}*]+\*?$` },
  "text of the form NAME=value": { pattern: String.raw`^[^\s={}]+=` },
  "a string without NUL characters": {},
  "a command line or a list of words": {},
  "a map, or false for none": { not: { const: true } },
  "an address of the form usocket://...": { pattern: "^[Uu][Ss][Oo][Cc][Kk][Ee][Tt]://" },
};

import type { Stats } from "node:fs";

/**
 * Says that more people than its owner and group can get at a file that may hold secrets; undefined when it is as it
 * should be. `what` names the file's role: "the secret file".
 */
export function exposure(what: string, path: string, { mode }: Pick<Stats, "mode">): string | undefined {
  const bits = mode & 0o777;
  if ((bits & TOO_WIDE) === 0) return undefined;
  const got = `mode ${bits.toString(8).padStart(4, "0")}`;
  return `expected ${what} to be readable by its owner and group only, got ${got}: ${path}`;
}

/** Writing by the group; reading and writing by others. */
const TOO_WIDE = 0o026;

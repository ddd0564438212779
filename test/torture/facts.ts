import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { childrenOf, openDescriptors } from "../helpers/leaks.ts";

/** What a program must not lose sight of, counted now. */
export interface Facts {
  readonly children: number;
  readonly zombies: number;
  readonly descriptors: number;
  /** Resident memory in bytes, after a garbage collection. What an allocator keeps for later is part of it. */
  readonly resident: number;
  /** Bytes that JavaScript holds, the bytes of buffers among them: exact after a garbage collection. */
  readonly held: number;
}

/** Looks at this very program. Children that it had when this module was loaded are not ours: tsx has its compiler. */
export function look(): Facts {
  const children = childrenOf(process.pid).filter((pid) => !strangers.has(pid));
  collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return {
    children: children.length,
    zombies: children.filter(isZombie).length,
    descriptors: openDescriptors(process.pid).size,
    resident: rss,
    held: heapUsed + external,
  };
}

const strangers = new Set(childrenOf(process.pid));

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch (error) {
    // Gone since it was listed: then it is none.
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

import { readFileSync } from "node:fs";
import { getPriority } from "node:os";
import type { InjectConfig } from "../../config/index.ts";

/** What we may do beyond what we are. */
export interface Privileges {
  /** CAP_SYS_NICE. */
  readonly lowerNice: boolean;
  /** CAP_SYS_RESOURCE. */
  readonly raiseRlimits: boolean;
  readonly nice: number;
  /** Our own hard limits; none for those without a bound. */
  readonly hard: Readonly<Record<string, number>>;
}

/** What a route asks for beyond our own niceness and hard limits without the privilege to have it. */
export function privilegeWarnings({ nice, rlimits = {} }: InjectConfig, own: Privileges): string[] {
  const warnings: string[] = [];
  // setpriority(2): a soft RLIMIT_NICE lets it down to 20 less the bound.
  const least = own.hard.nice === undefined ? -20 : Math.min(own.nice, 20 - own.hard.nice);
  if (nice !== undefined && nice < least && !own.lowerNice) {
    warnings.push(`expected \`nice\` to be at least ${least}, got ${nice}: give urocket CAP_SYS_NICE, or drop it`);
  }
  for (const [name, limit] of Object.entries(rlimits)) {
    const most = own.hard[name];
    const hard = typeof limit === "object" ? limit.hard : limit;
    if (own.raiseRlimits || most === undefined || (hard !== "unlimited" && hard <= most)) continue;
    warnings.push(
      `expected \`rlimits.${name}\` to be at most our own hard limit ${most}, got ${hard}: ` +
        "give urocket CAP_SYS_RESOURCE, or lower it",
    );
  }
  return warnings;
}

/** What this process may do. */
export function ownPrivileges(): Privileges {
  const status = readFileSync("/proc/self/status", "utf8");
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? "0"}`);
  const has = (bit: bigint): boolean => (effective & (1n << bit)) !== 0n;
  return {
    lowerNice: has(CAP_SYS_NICE),
    raiseRlimits: has(CAP_SYS_RESOURCE),
    nice: getPriority(),
    hard: hardLimits(readFileSync("/proc/self/limits", "utf8")),
  };
}

/** Bits of capabilities(7). */
const CAP_SYS_NICE = 23n;
const CAP_SYS_RESOURCE = 24n;

/** Reads /proc/PID/limits, in which soft and hard limit follow the name in words. */
function hardLimits(table: string): Record<string, number> {
  const limits: Record<string, number> = {};
  for (const [name, words] of Object.entries(WORDS)) {
    const [, hard] = new RegExp(`^Max ${words} +\\S+ +(\\d+)`, "m").exec(table) ?? [];
    if (hard !== undefined) limits[name] = Number(hard);
  }
  return limits;
}

const WORDS: Readonly<Record<string, string>> = {
  as: "address space",
  core: "core file size",
  cpu: "cpu time",
  data: "data size",
  fsize: "file size",
  locks: "file locks",
  memlock: "locked memory",
  msgqueue: "msgqueue size",
  nice: "nice priority",
  nofile: "open files",
  nproc: "processes",
  rss: "resident set",
  rtprio: "realtime priority",
  rttime: "realtime timeout",
  sigpending: "pending signals",
  stack: "stack size",
};

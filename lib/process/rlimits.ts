import { shown } from "./check.ts";
import { invalid } from "./invalid.ts";
import type { Rlimit, RlimitName } from "./types.ts";

/** Numbers of the resources, the same on x86_64 and aarch64 (asm-generic/resource.h). */
const RESOURCES: Readonly<Record<RlimitName, number>> = {
  cpu: 0,
  fsize: 1,
  data: 2,
  stack: 3,
  core: 4,
  rss: 5,
  nproc: 6,
  nofile: 7,
  memlock: 8,
  as: 9,
  locks: 10,
  sigpending: 11,
  msgqueue: 12,
  nice: 13,
  rtprio: 14,
  rttime: 15,
};

/** [resource, soft, hard, ...] as the addon takes it, -1 for unlimited. Throws `spawn-spec-invalid`. */
export function encodeRlimits(rlimits: Readonly<Partial<Record<RlimitName, Rlimit>>>): number[] {
  return Object.entries(rlimits).flatMap(([name, limit]) => {
    if (!Object.hasOwn(RESOURCES, name)) {
      throw invalid("rlimits", `names among ${Object.keys(RESOURCES).join(", ")}`, JSON.stringify(name));
    }
    const both = typeof limit === "object" && limit !== null ? limit : { soft: limit, hard: limit };
    const soft = bound(both.soft, `rlimits.${name}`);
    const hard = bound(both.hard, `rlimits.${name}`);
    if (hard !== UNLIMITED && (soft === UNLIMITED || soft > hard)) {
      throw invalid(`rlimits.${name}`, "a soft bound not above the hard one", `${both.soft} and ${both.hard}`);
    }
    return [RESOURCES[name as RlimitName], soft, hard];
  });
}

const UNLIMITED = -1;

function bound(value: number | "unlimited", option: string): number {
  if (value === "unlimited") return UNLIMITED;
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw invalid(option, 'a whole number or "unlimited"', shown(value));
}

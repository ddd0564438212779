import { toBound, toCpus, toSize, toWhole } from "./amounts.ts";
import type { Scope } from "./scope.ts";
import type { Setting } from "./settings.ts";
import { isDataMap } from "./tree.ts";
import type { CgroupConfig, RlimitConfig } from "./types.ts";

/** Resource limits by name; a soft bound above its hard one is noted. Undefined when there are none. */
export function buildRlimits(
  setting: Setting | undefined,
  { places, mistakes }: Scope,
): Readonly<Record<string, RlimitConfig>> | undefined {
  if (!isDataMap(setting?.value)) return undefined;
  const rlimits: Record<string, RlimitConfig> = {};
  for (const [name, value] of Object.entries(setting.value)) {
    if (!isDataMap(value)) {
      rlimits[name] = toBound(value, toSize) as RlimitConfig;
      continue;
    }
    const soft = toBound(value.soft, toSize);
    const hard = toBound(value.hard, toSize);
    // Anything else has been noted by the schema.
    if (soft === undefined || hard === undefined) continue;
    if (hard !== "unlimited" && (soft === "unlimited" || soft > hard)) {
      const offset = places.get(value, "soft")?.value ?? setting.place.value;
      mistakes.add(offset, `expected \`soft\` to be at most \`hard\`, which is ${hard}, got ${soft}`);
    }
    rlimits[name] = { soft, hard };
  }
  return rlimits;
}

/** The bounds of a control group; undefined without one. */
export function buildCgroup(setting: Setting | undefined): CgroupConfig | undefined {
  if (!isDataMap(setting?.value)) return undefined;
  const { memory, cpu, pids } = setting.value;
  return { memory: toSize(memory), cpu: toCpus(cpu), pids: toWhole(pids, 1) };
}

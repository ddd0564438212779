import type { CgroupPlacement } from "./cgroup.ts";
import { flag, shown, table, text, whole } from "./check.ts";
import { invalid } from "./invalid.ts";
import { type NativeConfinement, native } from "./native.ts";
import { encodeRlimits } from "./rlimits.ts";
import type { SpawnSpec } from "./types.ts";

/** Identity and limits of a spec in numbers; undefined, and free of cost, when it asks for none. */
export function confinementOf(spec: SpawnSpec, placement: CgroupPlacement | undefined): NativeConfinement | undefined {
  if (!isConfined(spec)) return undefined;
  const confinement: NativeConfinement = {};
  identify(spec, confinement);
  if (spec.umask !== undefined) confinement.umask = whole(spec.umask, "umask", 0, 0o777);
  if (spec.nice !== undefined) confinement.nice = whole(spec.nice, "nice", -20, 19);
  if (spec.oomScoreAdj !== undefined) confinement.oomScoreAdj = whole(spec.oomScoreAdj, "oomScoreAdj", -1000, 1000);
  if (flag(spec.noNewPrivs, "noNewPrivs", false)) confinement.noNewPrivs = true;
  const own = spec.rlimits === undefined ? undefined : table(spec.rlimits, "rlimits", "bounds by name");
  const rlimits = { ...placement?.rlimits, ...own };
  if (Object.keys(rlimits).length > 0) confinement.rlimits = encodeRlimits(rlimits);
  if (placement?.directory !== undefined) {
    confinement.cgroup = placement.directory;
    confinement.cgroupSettings = placement.settings;
  }
  return confinement;
}

function isConfined(spec: SpawnSpec): boolean {
  return (
    spec.user !== undefined ||
    spec.group !== undefined ||
    spec.groups !== undefined ||
    spec.umask !== undefined ||
    spec.nice !== undefined ||
    spec.oomScoreAdj !== undefined ||
    spec.rlimits !== undefined ||
    spec.noNewPrivs !== undefined ||
    spec.cgroup !== undefined
  );
}

function identify(spec: SpawnSpec, confinement: NativeConfinement): void {
  if (spec.user !== undefined) {
    const user = native().lookupUser(typeof spec.user === "number" ? id(spec.user, "user") : text(spec.user, "user"));
    if (user === undefined) throw invalid("user", "a user of this system", JSON.stringify(spec.user));
    confinement.uid = user.uid;
    confinement.gid = user.gid;
    // Without this the child would keep the supplementary groups of root.
    confinement.groups = user.groups;
  }
  if (spec.group !== undefined) {
    confinement.gid = groupId(spec.group, "group");
    if (spec.user === undefined) confinement.groups = [confinement.gid];
  }
  if (spec.groups !== undefined) {
    if (!Array.isArray(spec.groups)) throw invalid("groups", "a list of groups", shown(spec.groups));
    confinement.groups = spec.groups.map((group) => groupId(group, "groups"));
  }
}

/** The number of a group, by its name or itself. Throws `spawn-spec-invalid` for one that this system does not know. */
export function groupId(group: string | number, option: string): number {
  if (typeof group === "number") return id(group, option);
  const gid = native().lookupGroup(text(group, option));
  if (gid === undefined) throw invalid(option, "a group of this system", JSON.stringify(group));
  return gid;
}

// The largest id is reserved: setresuid(2) takes it for "leave as it is".
function id(value: number, option: string): number {
  return whole(value, option, 0, 0xfffffffe);
}

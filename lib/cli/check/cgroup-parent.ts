import { readCgroupParent } from "../../compose/cgroup-parent.ts";
import type { Probe } from "../../process/index.ts";

/** What the machine offers below the group that the configuration names, instead of below our own. */
export function below(cgroupParent: string | undefined, machine: Probe): Probe {
  if (cgroupParent === undefined) return machine;
  const controllers = [...(readCgroupParent(cgroupParent)?.controllers ?? [])];
  return { ...machine, cgroup: { own: cgroupParent, writable: true, controllers } };
}

import { UrocketError } from "../core/errors.ts";
import { type CgroupParent, findCgroupParent } from "../process/cgroup.ts";

/**
 * The group below which processes get theirs; undefined where there is none that is ours to write. Throws UrocketError
 * `config-invalid` for one that is named and can't be used.
 */
export function readCgroupParent(path: string | undefined): CgroupParent | undefined {
  try {
    return findCgroupParent(path);
  } catch (error) {
    const { cause } = error as Error;
    const { code } = cause as NodeJS.ErrnoException;
    const message = `expected \`cgroupparent\` to be a cgroup v2 directory that is ours to write, got ${code}: ${path}`;
    throw new UrocketError("config-invalid", message, { cause });
  }
}

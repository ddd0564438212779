import { accessSync, constants, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { shown } from "./check.ts";
import { invalid } from "./invalid.ts";
import type { CgroupSpec, Rlimit, RlimitName } from "./types.ts";

/** Where a process is put and what bounds it there; what no controller bounds is bounded by rlimits, if at all. */
export interface CgroupPlacement {
  /** Directory to make for this process; undefined without a place for it. */
  readonly directory: string | undefined;
  /** [file, content, ...] to write there before the start. */
  readonly settings: readonly string[];
  readonly rlimits: Readonly<Partial<Record<RlimitName, Rlimit>>>;
}

/** A cgroup v2 directory under which groups for processes can be made. */
export interface CgroupParent {
  readonly path: string;
  /** Controllers that its children have: the content of cgroup.subtree_control. */
  readonly controllers: ReadonlySet<string>;
}

/** The period of cpu.max in microseconds: the kernel's own default. */
const CPU_PERIOD = 100_000;

/**
 * The parent to use: `path` if given, else our own group; undefined where that can't be written to.
 * A group with processes of its own can't give controllers to children (cgroups(7), "no internal processes"): run the
 * gateway in a leaf and name the leaf's parent.
 */
export function findCgroupParent(path: string | undefined): CgroupParent | undefined {
  // Absolute: groups are made later, when the program may have changed its directory.
  const directory = path === undefined ? ownCgroup() : resolve(path);
  if (directory === undefined) return undefined;
  try {
    accessSync(join(directory, "cgroup.procs"), constants.W_OK);
    accessSync(directory, constants.W_OK);
    const controllers = readFileSync(join(directory, "cgroup.subtree_control"), "utf8").split(/\s+/).filter(Boolean);
    return { path: directory, controllers: new Set(controllers) };
  } catch (cause) {
    if (path === undefined) return undefined;
    throw Object.assign(invalid("cgroupParent", "a writable cgroup v2 directory", path), { cause });
  }
}

/** Our own cgroup v2 directory (cgroups(7), /proc/PID/cgroup); undefined without cgroup v2. */
export function ownCgroup(): string | undefined {
  const mount = mountPoint();
  if (mount === undefined) return undefined;
  const line = readFileSync("/proc/self/cgroup", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith("0::"));
  return line === undefined ? undefined : join(mount, line.slice(3));
}

/** Turns the limits of a spec into what this parent can enforce, and tells `onFallback` what it can't. */
export function placeInCgroup(
  spec: CgroupSpec,
  parent: CgroupParent | undefined,
  name: string,
  onFallback: (missing: string, instead: string) => void,
): CgroupPlacement {
  const settings: string[] = [];
  const rlimits: Partial<Record<RlimitName, Rlimit>> = {};
  if (spec.memory !== undefined) {
    const bytes = positive(spec.memory, "cgroup.memory", "a number of bytes");
    if (parent?.controllers.has("memory")) {
      // All or nothing: half of a program killed for want of memory is worse than all of it.
      settings.push("memory.max", String(bytes), "memory.oom.group", "1");
    } else {
      rlimits.as = bytes;
      onFallback(missing("memory"), "RLIMIT_AS bounds the address space of each of its processes");
    }
  }
  if (spec.pids !== undefined) {
    const count = positive(spec.pids, "cgroup.pids", "a number of processes");
    if (parent?.controllers.has("pids")) {
      settings.push("pids.max", String(count));
    } else {
      rlimits.nproc = count;
      onFallback(missing("pids"), "RLIMIT_NPROC bounds all processes of its user (and none of root's)");
    }
  }
  if (spec.cpu !== undefined) {
    if (!Number.isFinite(spec.cpu) || spec.cpu <= 0) throw invalid("cgroup.cpu", "a number of CPUs", shown(spec.cpu));
    if (parent?.controllers.has("cpu")) {
      settings.push("cpu.max", `${Math.max(1000, Math.round(spec.cpu * CPU_PERIOD))} ${CPU_PERIOD}`);
    } else {
      onFallback(missing("cpu"), "nothing bounds its share of the CPUs");
    }
  }
  if (parent === undefined) {
    onFallback("no writable cgroup v2 is ours", "what leaves the process group outlives the process");
  }
  return { directory: parent === undefined ? undefined : join(parent.path, name), settings, rlimits };
}

function missing(controller: string): string {
  return `no cgroup v2 \`${controller}\` controller is delegated to us`;
}

function positive(value: number, option: string, expected: string): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw invalid(option, `${expected} above 0`, shown(value));
}

// The place of the hierarchy differs: /sys/fs/cgroup alone, or /sys/fs/cgroup/unified beside version 1.
function mountPoint(): string | undefined {
  for (const line of readFileSync("/proc/self/mountinfo", "utf8").split("\n")) {
    // proc_pid_mountinfo(5): ... mount-point options [optional fields] - type source options
    const [mount, type] = line.split(" - ");
    if (type?.startsWith("cgroup2 ")) return mount?.split(" ")[4];
  }
  return undefined;
}

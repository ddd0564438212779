import { readFileSync } from "node:fs";
import { release } from "node:os";
import { findCgroupParent, ownCgroup } from "./cgroup.ts";
import { native } from "./native.ts";

/** What this machine offers to the supervisor, and so which fallbacks are in force. */
export interface Probe {
  /** Kernel release, as uname(2) has it. */
  readonly kernel: string;
  /** A child shares our memory until it execs; emulators make a fork of that, which is slower. */
  readonly sharedMemory: boolean;
  /** clone3(2); without it clone(2), which can't start a process inside a cgroup. */
  readonly clone3: boolean;
  /** Descriptors for processes; without them a thread waits for each. */
  readonly pidfd: boolean;
  /** Signals to the group of a pidfd (Linux 6.9); without it the leader of a lingering group stays a zombie. */
  readonly groupSignal: boolean;
  /** close_range(2); without it /proc/self/fd is read. */
  readonly closeRange: boolean;
  /** Orphans can be adopted and reaped: /proc/PID/task/TID/children is there. */
  readonly subreaper: boolean;
  /** Processes can be run as other users: CAP_SETUID and CAP_SETGID are in force. */
  readonly setuid: boolean;
  /** Processes of other users can be signalled: CAP_KILL is in force. */
  readonly kill: boolean;
  readonly cgroup: {
    /** Our own cgroup v2 directory, null without cgroup v2. */
    readonly own: string | null;
    /** Whether groups can be made there. */
    readonly writable: boolean;
    /** Controllers that such groups would have. */
    readonly controllers: readonly string[];
  };
}

/** Looks at this machine. Throws `addon-unavailable`. */
export function probe(): Probe {
  const parent = findCgroupParent(undefined);
  return {
    kernel: release(),
    ...native().probe(),
    subreaper: readable(`/proc/self/task/${process.pid}/children`),
    setuid: hasCapabilities(CAP_SETGID, CAP_SETUID),
    kill: hasCapabilities(CAP_KILL),
    cgroup: {
      own: ownCgroup() ?? null,
      writable: parent !== undefined,
      controllers: [...(parent?.controllers ?? [])],
    },
  };
}

/** Bits of capabilities(7). */
const CAP_KILL = 5n;
const CAP_SETGID = 6n;
const CAP_SETUID = 7n;

function hasCapabilities(...bits: readonly bigint[]): boolean {
  const match = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"));
  const effective = BigInt(`0x${match?.[1] ?? "0"}`);
  return bits.every((bit) => (effective & (1n << bit)) !== 0n);
}

function readable(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}

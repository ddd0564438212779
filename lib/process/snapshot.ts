/** A running process at one moment, from /proc. */
export interface Snapshot {
  readonly pid: number;
  /** "running", "sleeping", "disk-sleep", "stopped", "zombie", ... */
  readonly state: string;
  /** User and system CPU time so far in milliseconds, to the tick of 10 ms. */
  readonly utime: number;
  readonly stime: number;
  /** Resident memory now and at its peak, in bytes. */
  readonly rss: number;
  readonly maxrss: number;
  readonly threads: number;
}

/** The tick of /proc: USER_HZ, which is 100 on every Linux that node runs on. */
const MS_PER_TICK = 10;

const STATES: Readonly<Record<string, string>> = {
  R: "running",
  S: "sleeping",
  D: "disk-sleep",
  T: "stopped",
  t: "traced",
  Z: "zombie",
  X: "dead",
  I: "idle",
};

/** Reads the two files of proc_pid_stat(5) and proc_pid_status(5); undefined when the process is gone. */
export function parseSnapshot(stat: string, status: string): Snapshot | undefined {
  // The name in parentheses may hold blanks and parentheses itself: count from the last one.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const state = fields[0];
  if (stat === "" || status === "" || state === undefined) return undefined;
  return {
    pid: Number.parseInt(stat, 10),
    state: STATES[state] ?? state,
    utime: Number(fields[11]) * MS_PER_TICK,
    stime: Number(fields[12]) * MS_PER_TICK,
    rss: kibibytes(status, "VmRSS"),
    maxrss: kibibytes(status, "VmHWM"),
    threads: Number(fields[17]),
  };
}

// A zombie has no memory and no such lines.
function kibibytes(status: string, name: string): number {
  const match = new RegExp(`^${name}:\\s*(\\d+) kB$`, "m").exec(status);
  return match === null ? 0 : Number(match[1]) * 1024;
}

import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";
import { flag, known, type NamesOf, shown, text } from "./check.ts";
import { invalid } from "./invalid.ts";

/** Abilities of the kernel that can be left unused, to run what stands in for them. */
export type Feature = "shared-memory" | "clone3" | "pidfd" | "group-signal" | "close-range";

export interface SupervisorOptions {
  /**
   * Become the parent of our children's orphans and reap them (PR_SET_CHILD_SUBREAPER). It holds for the whole program,
   * until the last supervisor that asked for it is closed. Default false.
   */
  readonly subreaper?: boolean | undefined;
  /**
   * How many processes may be on their way to their programs at once, 1 to 256. More end more of them in the same time,
   * fewer let the event loop have a CPU sooner. Default: two for each CPU.
   */
  readonly concurrentStarts?: number | undefined;
  /** Writable cgroup v2 directory under which groups for processes are made. Default: our own, if that is writable. */
  readonly cgroupParent?: string | undefined;
  /** How long exit records can be fetched by request id, in milliseconds, and how many at most. Default 2000 and 1024. */
  readonly keepRecords?: number | undefined;
  readonly maxRecords?: number | undefined;
  /** Bytes of captured output that these records hold together at most. Default 64 MiB. */
  readonly maxRecordBytes?: number | undefined;
  /** Behave as on a kernel that lacks these. */
  readonly without?: readonly Feature[] | undefined;
}

/** What `Supervisor.spawn` is told besides the spec. */
export interface SpawnOptions {
  /** Kills the process when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

export interface CloseOptions {
  /** How long processes that run may go on before they are killed, in milliseconds. Default 0; Infinity never kills. */
  readonly wait?: number | undefined;
}

const SPAWN_OPTIONS: NamesOf<SpawnOptions> = { signal: true };
const CLOSE_OPTIONS: NamesOf<CloseOptions> = { wait: true };

const FEATURES: readonly Feature[] = ["shared-memory", "clone3", "pidfd", "group-signal", "close-range"];

const OPTIONS: NamesOf<SupervisorOptions> = {
  subreaper: true,
  concurrentStarts: true,
  cgroupParent: true,
  keepRecords: true,
  maxRecords: true,
  maxRecordBytes: true,
  without: true,
};

/** Options with their defaults. */
export interface CompleteOptions {
  readonly subreaper: boolean;
  readonly concurrentStarts: number;
  readonly cgroupParent: string | undefined;
  readonly keepRecords: number;
  readonly maxRecords: number;
  readonly maxRecordBytes: number;
  readonly without: readonly Feature[];
}

/** Checks options and fills in what is absent. Throws `spawn-spec-invalid`. */
export function complete(options: SupervisorOptions): CompleteOptions {
  known(options, OPTIONS, "options", "options of a supervisor");
  const { without = [], cgroupParent } = options;
  if (!Array.isArray(without)) throw invalid("without", "a list of abilities", shown(without));
  for (const feature of without) {
    if (!FEATURES.includes(feature)) throw invalid("without", `names among ${FEATURES.join(", ")}`, String(feature));
  }
  return {
    subreaper: subreaper(options.subreaper),
    concurrentStarts: whole(options.concurrentStarts, "concurrentStarts", 1, MOST_STARTS, defaultStarts()),
    cgroupParent: cgroupParent === undefined ? undefined : text(cgroupParent, "cgroupParent"),
    keepRecords: whole(options.keepRecords, "keepRecords", 0, MANY, 2000),
    maxRecords: whole(options.maxRecords, "maxRecords", 0, MANY, 1024),
    maxRecordBytes: whole(options.maxRecordBytes, "maxRecordBytes", 0, MANY, 64 * 1024 * 1024),
    without,
  };
}

/** Throws `spawn-spec-invalid`. */
export function checkSpawnOptions(options: SpawnOptions): void {
  known(options, SPAWN_OPTIONS, "options", "an object");
}

/** How long closing may wait. Throws `spawn-spec-invalid`. */
export function waitOf(options: CloseOptions): number {
  const { wait = 0 } = known(options, CLOSE_OPTIONS, "options", "an object");
  if (typeof wait === "number" && wait >= 0) return wait;
  throw invalid("wait", "milliseconds, 0 or more", String(wait));
}

/** The addon has room for no more. */
const MOST_STARTS = 256;
const MANY = Number.MAX_SAFE_INTEGER;

function whole(value: number | undefined, option: string, least: number, most: number, fallback: number): number {
  if (value === undefined) return fallback;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const range = most === MANY ? `, ${least} or more` : ` from ${least} to ${most}`;
  throw invalid(option, `a whole number${range}`, shown(value));
}

function defaultStarts(): number {
  return Math.min(MOST_STARTS, 2 * availableParallelism());
}

/** Orphans come to the main thread, and only its event loop can tell them from children that node itself waits for. */
function subreaper(value: unknown): boolean {
  const wanted = flag(value, "subreaper", false);
  if (wanted && !isMainThread) throw invalid("subreaper", "asked for on the main thread alone", "a worker's request");
  return wanted;
}

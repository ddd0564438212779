import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { UrocketError } from "../core/errors.ts";
import { errnoName } from "./names.ts";

/** Numbers of one spawn, in the order in which they cross the boundary. */
const SPAWN_FIELDS = [
  "inputKind",
  "inputDescriptor",
  "outputKind",
  "outputNumber",
  "errorKind",
  "errorNumber",
  "timeout",
  "grace",
  "linger",
  "drain",
  "killSignal",
  "newSession",
  "announce",
] as const;

/** Numbers of one event, in the order in which they cross the boundary. */
const EVENT_FIELDS = [
  "kind",
  "id",
  "number",
  "outputOffset",
  "outputLength",
  "outputBytes",
  "errorLength",
  "errorBytes",
  "ending",
  "status",
  "errno_",
  "step",
  "utime",
  "stime",
  "maxrss",
  "maxrssFloor",
  "minflt",
  "majflt",
  "inblock",
  "oublock",
  "nvcsw",
  "nivcsw",
  "wallStart",
  "queuedAt",
  "startedAt",
  "executedAt",
  "endedAt",
] as const;

type Index<Names extends readonly string[]> = Readonly<Record<Names[number], number>>;

/** Position of each number of a spawn. */
export const spawnField = indexOf(SPAWN_FIELDS);
export const SPAWN_FIELD_COUNT = SPAWN_FIELDS.length;

/** Position of each number within the row of an event. */
export const eventField = indexOf(EVENT_FIELDS);
export const EVENT_FIELD_COUNT = EVENT_FIELDS.length;

/** Event kinds, numbered as in native/core/record.h. */
export const EventKind = { exit: 0, deadline: 1, started: 2, output: 3, error: 4, drained: 5 } as const;

/** What the kernel offers; see `probe()`. */
export interface NativeFeatures {
  readonly sharedMemory: boolean;
  readonly clone3: boolean;
  readonly pidfd: boolean;
  readonly groupSignal: boolean;
  readonly closeRange: boolean;
}

/** Identity and limits as the addon takes them: numbers only. */
export interface NativeConfinement {
  uid?: number;
  gid?: number;
  groups?: readonly number[];
  umask?: number;
  nice?: number;
  oomScoreAdj?: number;
  noNewPrivs?: boolean;
  /** [resource, soft, hard, ...]; a negative bound is "unlimited". */
  rlimits?: readonly number[];
  cgroup?: string;
  /** [file, content, ...] */
  cgroupSettings?: readonly string[];
}

/** The addon's class. Ids are ours; unknown ones are ignored everywhere but in `spawn`. */
export interface NativeSupervisor {
  spawn(
    id: number,
    argv: string,
    env: string,
    cwd: string,
    file: string,
    numbers: Float64Array,
    input: Uint8Array | undefined,
    confinement: NativeConfinement | undefined,
    descriptors: readonly number[] | undefined,
    files: readonly (number | Buffer)[] | undefined,
  ): void;
  kill(id: number, signal: number): void;
  signal(id: number, signal: number): void;
  write(id: number, bytes: Buffer): void;
  endInput(id: number): void;
  consumed(id: number, isError: boolean, bytes: number): void;
  list(): Float64Array;
  readProc(id: number, name: string): string;
  orphansReaped(): number;
  /** The event loop has come round: children of its own that had ended before are reaped by now. */
  turned(): void;
  ref(): void;
  unref(): void;
  close(): void;
}

/** Called with the events since the last call: one row of EVENT_FIELDS each. `turn` asks for a call of `turned`. */
export type OnBatch = (
  numbers: Float64Array,
  bytes: Buffer | undefined,
  steps: readonly string[] | undefined,
  turn: boolean,
) => void;

/** What an inherited descriptor is; see `describeSocket()`. */
export interface SocketFacts {
  readonly family: "ipv4" | "ipv6" | "unix" | "other";
  readonly stream: boolean;
  readonly listening: boolean;
  /** `192.0.2.1`, `::1`, or the path of a unix socket. */
  readonly address: string;
  /** 0 for a unix socket. */
  readonly port: number;
}

interface NativeOptions {
  readonly subreaper: boolean;
  readonly concurrentStarts: number;
  readonly without: readonly string[];
}

interface Addon {
  readonly Supervisor: new (options: NativeOptions, onBatch: OnBatch) => NativeSupervisor;
  probe(): NativeFeatures;
  /** Undefined for an unknown name; an unknown number is itself. */
  lookupUser(user: string | number): { uid: number; gid: number; groups: number[] } | undefined;
  lookupGroup(group: string): number | undefined;
  /** An errno, 0 when it was sent. */
  sendDatagram(address: string, text: string): number;
  /** An errno where the descriptor is none, or no socket. */
  describeSocket(fd: number): SocketFacts | number;
  /** An errno, 0 when `fd` has taken the place of our listener at 127.0.0.1:`port`. */
  replaceListener(port: number, fd: number): number;
  readonly spawnFields: readonly string[];
  readonly eventFields: readonly string[];
}

let loaded: Addon | undefined;

/** The addon, loaded at the first call. Throws `addon-unavailable`. */
export function native(): Addon {
  loaded ??= load();
  return loaded;
}

/** A supervisor with its threads. Throws `addon-unavailable` and `supervisor-unavailable`. */
export function startNative(options: NativeOptions, onBatch: OnBatch): NativeSupervisor {
  const { Supervisor } = native();
  try {
    return new Supervisor(options, onBatch);
  } catch (cause) {
    const { errno, step } = cause as { errno: number; step: string };
    const message = `expected the ${step} to start, got ${errnoName(errno)}`;
    throw new UrocketError("supervisor-unavailable", message, { cause });
  }
}

function load(): Addon {
  const require = createRequire(import.meta.url);
  const root = fileURLToPath(new URL("../..", import.meta.url));
  let addon: Addon;
  try {
    addon = require("node-gyp-build")(root) as Addon;
  } catch (cause) {
    throw new UrocketError("addon-unavailable", `expected a native addon for this platform in ${root}, got none`, {
      cause,
    });
  }
  if (addon.spawnFields.join() !== SPAWN_FIELDS.join() || addon.eventFields.join() !== EVENT_FIELDS.join()) {
    throw new UrocketError(
      "addon-unavailable",
      "expected the native addon of this very version, got another: build it",
    );
  }
  return addon;
}

function indexOf<const Names extends readonly string[]>(names: Names): Index<Names> {
  return Object.fromEntries(names.map((name, index) => [name, index])) as Index<Names>;
}

import type { Readable } from "node:stream";
import type { Snapshot } from "./snapshot.ts";

/** "SIGTERM", ..., "SIGRTMIN+3". */
export type SignalName = NodeJS.Signals | `SIGRTMIN+${number}` | `SIG${number}`;

/** Where a child's standard input comes from. */
export type Input =
  /** /dev/null. */
  | "null"
  /** Written by us while it runs: `Running.stdin`. */
  | "pipe"
  /** Our own descriptor. */
  | "inherit"
  /**
   * These bytes, then end-of-file. No writer waits on the child, whatever their number. Text is given as
   * `Buffer.from(text)`: a payload that happens to be "null" or "pipe" must not be taken for one of the words above.
   */
  | Uint8Array
  /** With `spawn()` and `run()`: a stream that is read as fast as the child reads, and destroyed when it reads no more. */
  | Readable
  | ReadableStream<Uint8Array>
  /** An open descriptor of ours, which stays open and may be closed right after the call. */
  | { readonly fd: number };

/** What a child's standard output or error becomes. */
export type OutputSink =
  /** Opened on /dev/null. */
  | "null"
  /** The same descriptor as our own. */
  | "inherit"
  /** Handed on in chunks while it runs: `Running.stdout`, `Running.stderr`, with back-pressure. */
  | "pipe"
  /** Standard error only: goes where standard output goes. */
  | "merge"
  /** Kept in memory up to `capture` bytes; more is read, counted and dropped, so that the child never blocks on it. */
  | { readonly capture: number }
  /** An open descriptor of ours, which stays open and may be closed right after the call. */
  | { readonly fd: number };

/** A bound as setrlimit(2) has it: one number for both, or soft and hard; "unlimited" for none. */
export type Rlimit =
  | number
  | "unlimited"
  | { readonly soft: number | "unlimited"; readonly hard: number | "unlimited" };

/** Names of prlimit(1), in the units of setrlimit(2): bytes, seconds, counts. */
export type RlimitName =
  | "as"
  | "core"
  | "cpu"
  | "data"
  | "fsize"
  | "locks"
  | "memlock"
  | "msgqueue"
  | "nice"
  | "nofile"
  | "nproc"
  | "rss"
  | "rtprio"
  | "rttime"
  | "sigpending"
  | "stack";

/** A cgroup v2 for the process and all its descendants; see cgroups(7). */
export interface CgroupSpec {
  /** memory.max in bytes. */
  readonly memory?: number | undefined;
  /** cpu.max, in CPUs: 0.5 is half of one. */
  readonly cpu?: number | undefined;
  /** pids.max. */
  readonly pids?: number | undefined;
}

/** How one process is to be started, bounded and ended. Times in milliseconds, sizes in bytes. */
export interface SpawnSpec {
  /** Program and arguments. NUL bytes are refused. */
  readonly argv: readonly string[];
  /** What to execute; `argv[0]` when absent. Looked up in the `PATH` of `env` unless it holds a slash. */
  readonly file?: string | undefined;
  /** The exact environment, as `NAME=value` each or by name (undefined ones left out); nothing of our own is added. */
  readonly env: readonly string[] | Readonly<Record<string, string | undefined>>;
  /** Working directory; our own when absent. */
  readonly cwd?: string | undefined;
  /** Default `"null"`. */
  readonly stdin?: Input | undefined;
  /** Default `{capture: 65536}`. */
  readonly stdout?: OutputSink | undefined;
  /** Default `{capture: 65536}`. */
  readonly stderr?: OutputSink | undefined;
  /** Further descriptors: the child's number → ours. Ours stay open, and may be closed right after the call. */
  readonly fds?: Readonly<Record<number, number>> | undefined;
  /** Files in memory: the child's number → bytes, which it finds sealed (memfd_create(2)) and can open as `/dev/fd/N`. */
  readonly files?: Readonly<Record<number, Uint8Array>> | undefined;
  /** After this long, counted from the start, the group gets `killSignal`; no bound when absent or 0. */
  readonly timeout?: number | undefined;
  /** From `killSignal` to SIGKILL. Default 500. */
  readonly grace?: number | undefined;
  /** First signal at the deadline or on `kill()`. Default SIGTERM. */
  readonly killSignal?: SignalName | undefined;
  /**
   * What becomes of the rest of the process group when its leader ends: `0` (default) kills it at once; a number of
   * milliseconds lets it go on that long, then it gets `killSignal` and, after `grace`, SIGKILL.
   */
  readonly linger?: number | undefined;
  /** How long output that others hold open may delay the exit record; a kill ends the wait. Default 100. */
  readonly drain?: number | undefined;
  /** Own session (setsid(2)), the default, or only an own process group. */
  readonly newSession?: boolean | undefined;
  /** User name or id; its group and supplementary groups too, unless they are given. Needs privilege. */
  readonly user?: string | number | undefined;
  /** Group name or id. */
  readonly group?: string | number | undefined;
  /** Supplementary groups, names or ids, instead of the user's own. */
  readonly groups?: readonly (string | number)[] | undefined;
  readonly umask?: number | undefined;
  /** -20 (most favourable) to 19. */
  readonly nice?: number | undefined;
  /** -1000 (never) to 1000 (first), for the out-of-memory killer; see proc_pid_oom_score_adj(5). */
  readonly oomScoreAdj?: number | undefined;
  /** Without `nofile` the soft limit is brought down to 1024, for node raises its own. */
  readonly rlimits?: Readonly<Partial<Record<RlimitName, Rlimit>>> | undefined;
  /** No set-user-id program gains privileges; see PR_SET_NO_NEW_PRIVS(2const). */
  readonly noNewPrivs?: boolean | undefined;
  readonly cgroup?: CgroupSpec | undefined;
  /** Name under which the exit record can be fetched for a while; see `Supervisor.recent`. */
  readonly requestId?: string | undefined;
}

/** How a process ended. */
export type Ending =
  /** By itself: `code`. */
  | "exit"
  /** By a signal that we did not send: `signal`, `coreDumped`. */
  | "signal"
  /** After its deadline had passed; `code` or `signal` say what it made of it. */
  | "timeout"
  /** After `kill()` was called: `reason`. */
  | "killed"
  /** It never ran: `step` and `errno`. */
  | "spawn-error"
  /** Somebody else in this program waited for it, so nobody knows: `step` and `errno`. */
  | "lost";

/** Resource usage of the process and its waited-for children, from wait4(2); see getrusage(2). */
export interface ResourceUsage {
  /** User and system CPU time in milliseconds. */
  readonly utime: number;
  readonly stime: number;
  /**
   * Largest resident set in bytes. Until exec a child shares our memory and Linux counts that too, so for a program
   * smaller than ourselves this is our own size: then `maxrssExact` is false and the figure only an upper bound.
   */
  readonly maxrss: number;
  readonly maxrssExact: boolean;
  readonly minflt: number;
  readonly majflt: number;
  /** Block input and output operations. */
  readonly inblock: number;
  readonly oublock: number;
  /** Voluntary and involuntary context switches. */
  readonly nvcsw: number;
  readonly nivcsw: number;
}

/** Captured output of one stream. */
export interface Output {
  /** The first bytes, as many as the cap allows. */
  readonly data: Buffer;
  /** Bytes the process wrote in all. */
  readonly bytes: number;
  /** Whether `data` is less than what was written. */
  readonly truncated: boolean;
}

/** All that is known of an ended process; one for every spawn, whatever happened. */
export interface ExitRecord {
  /** Process id; 0 when it never ran. */
  readonly pid: number;
  readonly how: Ending;
  /** Exit code 0 to 255 when it exited, else null. */
  readonly code: number | null;
  /** Signal that ended it, else null. */
  readonly signal: SignalName | null;
  readonly coreDumped: boolean;
  /** What `kill(reason)` was told, else null. */
  readonly reason: string | null;
  /** The call that failed ("execve", "chdir", "clone3", ...) and the errno name ("ENOENT"), else null. */
  readonly step: string | null;
  readonly errno: string | null;
  readonly usage: ResourceUsage;
  /** Wall clock at the start, milliseconds since the epoch. */
  readonly startedAt: number;
  /** The same moment on the clock of `process.hrtime()`, in milliseconds: exec came `spawn` after it, the end `run` later. */
  readonly monotonicStart: number;
  /** Milliseconds in line, from clone to exec, and from exec to the end (monotonic clock). */
  readonly queued: number;
  readonly spawn: number;
  readonly run: number;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** Told of what happens to a process, on the JavaScript thread, never before `start` returned. */
export interface ProcessObserver {
  /** It runs. */
  readonly onStarted?: ((pid: number) => void) | undefined;
  /** A chunk of an output that is a `"pipe"`; call `consumed` on the handle when it is dealt with. */
  onOutput?(chunk: Buffer, stream: "stdout" | "stderr"): void;
  /** What was written to a standard input that is a `"pipe"` is all in the pipe; `closed`: nobody reads there any more. */
  onDrained?(closed: boolean): void;
  /** The deadline passed and the group got its first signal. At most once, always before `onExit`. */
  onDeadline(): void;
  /** Exactly once for every start, and last. */
  onExit(record: ExitRecord): void;
}

/** A process on its way or running. */
export interface ProcessHandle {
  /** Ends the process and its group: `signal` (default `killSignal`), after `grace` SIGKILL. No effect once it ended. */
  kill(reason: string, signal?: SignalName): void;
  /** How it stands now, from /proc; undefined before it runs and after it ended. */
  snapshot?(): Snapshot | undefined;
}

/** Starts processes: the one thing that a gateway needs of a supervisor. Throws only on a malformed spec. */
export interface ProcessStarter {
  start(spec: SpawnSpec, observer: ProcessObserver): ProcessHandle;
}

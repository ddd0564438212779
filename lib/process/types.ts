/** What a child's standard output or error becomes. */
export type OutputSink =
  /** Opened on /dev/null. */
  | "null"
  /** The same descriptor as our own. */
  | "inherit"
  /** Kept in memory up to `capture` bytes; more is read, counted and dropped, so that the child never blocks on it. */
  | { readonly capture: number };

/** How one process is to be started, bounded and ended. Times in milliseconds, sizes in bytes. */
export interface SpawnSpec {
  /** Program and arguments; `argv[0]` is looked up in the `PATH` of `env` unless it holds a slash. NUL bytes are refused. */
  readonly argv: readonly string[];
  /** The exact environment, `NAME=value` each; nothing of our own is added. */
  readonly env: readonly string[];
  /** Working directory; our own when absent. */
  readonly cwd?: string | undefined;
  /** Bytes for standard input; /dev/null when absent. */
  readonly stdin?: Uint8Array | undefined;
  /** Default `{capture: 65536}`. */
  readonly stdout?: OutputSink | undefined;
  /** Default `{capture: 65536}`. */
  readonly stderr?: OutputSink | undefined;
  /** After this long the group gets `killSignal`; no bound when absent or 0. */
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
}

export type SignalName = NodeJS.Signals;

/** How a process ended. */
export type Ending =
  /** By itself: `code`. */
  | "exit"
  /** By a signal that we did not send: `signal`, `coreDumped`. */
  | "signal"
  /** Because its deadline had passed; `code` or `signal` say what it made of it. */
  | "timeout"
  /** Because `kill()` was called: `reason`. */
  | "killed"
  /** It never ran: `step` and `errno`. */
  | "spawn-error";

/** Resource usage of the process and its waited-for children, from wait4(2); see getrusage(2). */
export interface ResourceUsage {
  /** User and system CPU time in milliseconds. */
  readonly utime: number;
  readonly stime: number;
  /** Largest resident set in bytes. */
  readonly maxrss: number;
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
  /** For `spawn-error`: the step that failed ("execve", "chdir", "clone", ...) and the errno name ("ENOENT"), else null. */
  readonly step: string | null;
  readonly errno: string | null;
  readonly usage: ResourceUsage;
  /** Wall clock at the start, milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds in line for a spawner thread, from clone to exec, and from exec to the end (monotonic clock). */
  readonly queued: number;
  readonly spawn: number;
  readonly run: number;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** Told of the two things that happen to every process. Called on the JavaScript thread, never before `spawn` returned. */
export interface ProcessObserver {
  /** The deadline passed and the group got its first signal. At most once, always before `onExit`. */
  onDeadline(): void;
  /** Exactly once for every spawn. */
  onExit(record: ExitRecord): void;
}

/** A process on its way or running. */
export interface ProcessHandle {
  /** Ends the process and its group: `killSignal`, after `grace` SIGKILL. Nothing happens when it has ended already. */
  kill(reason: string): void;
}

/** Starts processes: the one thing that a gateway needs of a supervisor. Throws only on a malformed spec. */
export interface ProcessStarter {
  start(spec: SpawnSpec, observer: ProcessObserver): ProcessHandle;
}

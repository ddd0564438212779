/**
 * What happens in the gateway now and in the last minute: `GET /api/status`, and once a second an event of
 * `GET /api/status/stream`. Times are milliseconds, points in time milliseconds since the epoch, sizes bytes. Lists are
 * bounded; the count beside each tells how many there are in all.
 */
export interface StatusSnapshot {
  readonly now: number;
  /** Milliseconds since the gateway started. */
  readonly uptime: number;
  readonly version: string;
  /** It ends; or it takes no more for the moment. */
  readonly draining: boolean;
  readonly saturated: boolean;
  /** Callers that wait for their reply, messages that wait for a slot, processes that run or are being started. */
  readonly inFlight: number;
  readonly waiting: number;
  readonly running: number;
  /** Replies and failed ones since the start. */
  readonly requests: number;
  readonly failures: number;
  /** The last 60 whole seconds, oldest first. */
  readonly seconds: readonly StatusSecond[];
  /** Oldest first, at most 200. */
  readonly processes: readonly StatusProcess[];
  /** Oldest first, at most 200. */
  readonly line: readonly StatusWaiting[];
  /** Latest first, at most 50. */
  readonly lastFailures: readonly StatusFailure[];
  /** Latest first, at most 50: messages that are over, failed or not. */
  readonly lastRequests: readonly StatusEnded[];
  /** One for each route and verb that is in force. */
  readonly routes: readonly StatusRoute[];
  readonly self: StatusSelf;
}

/** One second. Latencies are null where nothing was replied to. */
export interface StatusSecond {
  /** When it began. */
  readonly at: number;
  /** Replies in it, and how many of them were failures: a status of 500 or more, or a caller who left before. */
  readonly requests: number;
  readonly failures: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
}

/** A message and its route. */
export interface StatusMessage {
  readonly requestId: string;
  /** Path key of the configuration; null for a message that found no route. */
  readonly route: string | null;
  readonly verb: string;
}

/** A process that runs. */
export interface StatusProcess extends StatusMessage {
  readonly pid: number;
  readonly age: number;
  /** CPU time so far, user and system; memory now. Null when the process was gone before it could be looked at. */
  readonly cpu: number | null;
  readonly rss: number | null;
  /** `running`, `sleeping`, `disk-sleep`, `stopped`, `zombie`, ... */
  readonly state: string | null;
}

/** A message that waits for a slot. */
export interface StatusWaiting extends StatusMessage {
  readonly waited: number;
}

/** A message that ended. */
export interface StatusEnded extends StatusMessage {
  readonly path: string;
  /** 0 when the caller left before any reply. */
  readonly status: number;
  /** `answered`, `caller-left`, or an error code of docs/errors.md. */
  readonly how: string;
  readonly at: number;
  readonly elapsed: number;
}

/** A message that failed. */
export interface StatusFailure extends StatusEnded {
  /** How its process ended, in words (`exit code 3`); null where none ran. */
  readonly process: string | null;
  /** The end of what it wrote on standard error: control characters as escapes, but for line ends; null for nothing. */
  readonly stderr: string | null;
}

/** One route and verb: since the start, but for the rate and the percentiles, which are of the last minute. */
export interface StatusRoute {
  readonly route: string;
  readonly verb: string;
  readonly requests: number;
  readonly failures: number;
  /** Replies a second. */
  readonly rate: number;
  readonly p50: number | null;
  readonly p99: number | null;
  /** CPU time of its processes that ended. */
  readonly cpuUser: number;
  readonly cpuSystem: number;
  /** Largest memory of its processes, as far as it is known: of small ones only what was seen in a snapshot. */
  readonly maxrss: number | null;
  readonly running: number;
  readonly waiting: number;
}

/** The gateway's own process. */
export interface StatusSelf {
  readonly pid: number;
  /** CPUs that it kept busy in the last second: 0.5 is half of one. */
  readonly cpu: number;
  readonly rss: number;
  /** How late the event loop was, 99th percentile of the last second. */
  readonly loopDelay: number;
}

/** One message from arrival to the end of its process: `GET /api/requests/{id}`. */
export interface StatusTimeline extends StatusMessage {
  readonly path: string;
  readonly receivedAt: number;
  /** `handed-on`: the process ended without an answer, and another one may still give it. */
  readonly phase: "waiting" | "starting" | "running" | "handed-on" | "over";
  /** In order of time; phases that are not over yet last until now. Times count from the arrival. */
  readonly spans: readonly StatusSpan[];
  /** Whole time so far. */
  readonly elapsed: number;
  /** Undefined parts are null: of a message that waits or runs, or of one without a process. */
  readonly status: number | null;
  readonly how: string | null;
  readonly bytesIn: number | null;
  readonly bytesOut: number | null;
  readonly pid: number | null;
  readonly process: string | null;
  readonly cpuUser: number | null;
  readonly cpuSystem: number | null;
  readonly maxrss: number | null;
  readonly stderr: string | null;
}

/** One phase. `queue`: for a slot; `spawn`: being started, with its time in line for that; `run`; `reply`. */
export interface StatusSpan {
  readonly name: "queue" | "spawn" | "run" | "reply";
  readonly from: number;
  readonly to: number;
}

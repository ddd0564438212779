import type { RouteLoad } from "../metrics/pulled.ts";

/** What is looked up when somebody asks; a Gateway and a Supervisor will do. */
export interface StatusSources {
  readonly version: string;
  readonly gateway: GatewayState;
  readonly processes: ProcessTable;
}

/** What a gateway tells of itself. */
export interface GatewayState {
  readonly draining: boolean;
  readonly saturated: boolean;
  readonly running: number;
  readonly queued: number;
  /** Callers that wait. */
  readonly size: number;
  figures(): readonly RouteLoad[];
}

/** What runs, by request id. */
export interface ProcessTable {
  list(): readonly ListedProcess[];
  /** Undefined when it is gone. */
  snapshot(requestId: string): ProcessState | undefined;
}

/** `startedAt`: milliseconds on the monotonic clock. */
export interface ListedProcess {
  readonly requestId: string | undefined;
  readonly pid: number;
  readonly startedAt: number;
}

/** Times in milliseconds, memory in bytes. */
export interface ProcessState {
  readonly state: string;
  readonly utime: number;
  readonly stime: number;
  readonly rss: number;
  /** At its peak. */
  readonly maxrss: number;
}

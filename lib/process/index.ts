/** The process supervisor: usable alone, without any HTTP. */

export { type ErrorCode, UrocketError } from "../core/errors.ts";
export type { CloseOptions, Feature, SpawnOptions, SupervisorOptions } from "./options.ts";
export { type Probe, probe } from "./probe.ts";
export { type RunOptions, run } from "./run.ts";
export type { Running } from "./running.ts";
export type { Snapshot } from "./snapshot.ts";
export { type RunningProcess, Supervisor } from "./supervisor.ts";
export type * from "./types.ts";

/** The process supervisor: usable alone, without any HTTP. */
export { type Probe, probe } from "./probe.ts";
export { type RunOptions, run } from "./run.ts";
export type { Running } from "./running.ts";
export type { Snapshot } from "./snapshot.ts";
export {
  type CloseOptions,
  type Feature,
  type RunningProcess,
  Supervisor,
  type SupervisorOptions,
} from "./supervisor.ts";
export type * from "./types.ts";

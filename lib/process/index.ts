/** The process supervisor: usable alone, without any HTTP. */
export { type CloseOptions, type Feature, Supervisor, type SupervisorOptions } from "./supervisor.ts";
export type * from "./types.ts";

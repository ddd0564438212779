/** The levels of the log, from nothing to everything. */
export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug", "trace"] as const;

/** The least severe level that is logged. */
export type LogLevel = (typeof LOG_LEVELS)[number];

import { spawnSync } from "node:child_process";

// Far more than any of them takes on a slow machine: a bound for what hangs, so that it fails by name.
const TIMEOUT = 15 * 60_000;

/** Runs a command to its end; throws with what it printed unless that was good, and in time. */
export function run(command, args, options = {}) {
  const bound = { timeout: TIMEOUT, killSignal: "SIGKILL", maxBuffer: 1 << 28 };
  const done = spawnSync(command, args, { encoding: "utf8", ...bound, ...options });
  if (done.status === 0 && done.error === undefined) return;
  const how = done.error?.message ?? `exit ${done.status ?? done.signal}`;
  throw new Error(
    `expected ${[command, ...args].join(" ")} to succeed, got ${how}\n${done.stdout ?? ""}${done.stderr ?? ""}`,
  );
}

import type { ProcessOptions } from "../channels/index.ts";
import type { RouteConfig } from "../config/index.ts";
import type { SignalName, SpawnSpec } from "../process/index.ts";

/** What a route says of its process, in the words of the supervisor. */
export function processOptions({ inject, onExit, replyTimeout, logStdout }: RouteConfig): ProcessOptions {
  return {
    cwd: inject.wd,
    timeout: inject.timeout,
    grace: inject.grace,
    killSignal: inject.killSignal as SignalName,
    // Who hands its work on and ends leaves those it handed it to: they may answer as long as somebody waits.
    linger: onExit === "wait" ? replyTimeout : 0,
    // Nobody reads the output of a route that does not log it; its standard error tells why it failed.
    stdout: logStdout ? undefined : "null",
    user: inject.user,
    group: inject.group,
    umask: inject.umask,
    nice: inject.nice,
    rlimits: inject.rlimits as SpawnSpec["rlimits"],
    noNewPrivs: inject.noNewPrivs || undefined,
    cgroup: inject.cgroup,
  };
}

import type { ProcessOptions } from "../channels/index.ts";
import type { RouteConfig } from "../config/index.ts";
import type { SignalName, SpawnSpec } from "../process/index.ts";

/** What a route says of its process, in the words of the supervisor. */
export function processOptions(config: RouteConfig, answerLimit: number): ProcessOptions {
  const { inject, reply, onExit, replyTimeout } = config;
  return {
    cwd: inject.wd,
    timeout: inject.timeout,
    grace: inject.grace,
    killSignal: inject.killSignal as SignalName,
    // Who hands its work on and ends leaves those it handed it to: they may answer as long as somebody waits.
    linger: reply === "socket" && onExit === "wait" ? replyTimeout : 0,
    stdout: stdoutOf(config, answerLimit),
    user: inject.user,
    group: inject.group,
    umask: inject.umask,
    nice: inject.nice,
    rlimits: inject.rlimits as SpawnSpec["rlimits"],
    noNewPrivs: inject.noNewPrivs || undefined,
    cgroup: inject.cgroup,
  };
}

/** Output that nobody reads is not captured, at most counted; standard error always is, for it tells why a process failed. */
function stdoutOf({ reply, onExit, logStdout, stats }: RouteConfig, answerLimit: number): ProcessOptions["stdout"] {
  if (reply === "stdout" || reply === "cgi") return { capture: answerLimit };
  const reported = reply === "report" || reply === "accepted" || onExit === "report";
  if (reported || logStdout !== false) return undefined;
  return stats ? { capture: 0 } : "null";
}

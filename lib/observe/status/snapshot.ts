import type { Followed } from "./followed.ts";
import type { Messages } from "./messages.ts";
import type { OwnProcess } from "./own-process.ts";
import { listProcesses } from "./processes.ts";
import type { StatusSources } from "./sources.ts";
import type { Traffic } from "./traffic.ts";
import type { StatusEnded, StatusFailure, StatusSnapshot, StatusWaiting } from "./types.ts";

/** Those who keep what a snapshot is made of. */
export interface Kept {
  readonly messages: Messages;
  readonly traffic: Traffic;
  readonly own: OwnProcess;
}

/** Everything that the status page shows, as it stands now. */
export function takeSnapshot({ version, gateway, processes }: StatusSources, kept: Kept): StatusSnapshot {
  const { messages, traffic, own } = kept;
  const { draining, saturated, size: inFlight, queued: waiting, running } = gateway;
  const { requests, failures } = traffic;
  return {
    now: Date.now(),
    uptime: performance.now(),
    version,
    draining,
    saturated,
    inFlight,
    waiting,
    running,
    requests,
    failures,
    seconds: traffic.seconds(),
    processes: listProcesses(processes, kept, LISTED),
    line: messages.line(LISTED).map(waitingOf),
    lastFailures: messages.lastFailures().map(failureOf),
    lastRequests: messages.last(LAST).map(endedOf),
    routes: traffic.routes(),
    self: own.figures(),
  };
}

const LISTED = 200;
const LAST = 50;

function waitingOf({ requestId, route, verb, receivedAt }: Followed): StatusWaiting {
  return { requestId, route, verb, waited: performance.now() - receivedAt };
}

function failureOf(message: Followed): StatusFailure {
  return { ...endedOf(message), process: message.ending?.words ?? null, stderr: message.stderr };
}

function endedOf({ requestId, route, verb, path, status, how, receivedAt, elapsed }: Followed): StatusEnded {
  const at = performance.timeOrigin + receivedAt + elapsed;
  return { requestId, route, verb, path, status: status ?? 0, how: how ?? "", at, elapsed };
}

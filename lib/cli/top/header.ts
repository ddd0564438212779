import type { StatusSecond, StatusSnapshot } from "../../observe/status/types.ts";
import { bytesText, rateText, timeText } from "./figures.ts";

/** The lines at the top: how the gateway does as a whole. */
export function headerLines(snapshot: StatusSnapshot): string[] {
  const { version, uptime, self, inFlight, waiting, running, requests, failures, seconds } = snapshot;
  const { p50 = null, p90 = null, p99 = null } = latest(seconds) ?? {};
  return [
    `urocket ${version}${stateOf(snapshot)}  up ${timeText(uptime)}  pid ${self.pid}  cpu ${Math.round(self.cpu * 100)}%  ` +
      `memory ${bytesText(self.rss)}  loop ${timeText(self.loopDelay)}`,
    `${rateText(rateOf(seconds))} req/s  p50 ${timeText(p50)}  p90 ${timeText(p90)}  p99 ${timeText(p99)}`,
    `in flight ${inFlight}  waiting ${waiting}  running ${running}  requests ${requests}  failures ${failures}`,
  ];
}

function stateOf({ draining, saturated }: StatusSnapshot): string {
  return draining ? "  DRAINING" : saturated ? "  SATURATED" : "";
}

/** Of the last few seconds, so that it can be read while it changes. */
function rateOf(seconds: readonly StatusSecond[]): number {
  const last = seconds.slice(-FEW);
  return last.length === 0 ? 0 : last.reduce((sum, { requests }) => sum + requests, 0) / last.length;
}

/** The last second that had replies. */
function latest(seconds: readonly StatusSecond[]): StatusSecond | undefined {
  return seconds.findLast(({ p50 }) => p50 !== null);
}

const FEW = 5;

import { byId, setText } from "./dom.js";
import { bytes, count, duration, percent } from "./format.js";

/** Shows the figures of this moment. */
export function showTiles({ seconds, requests, failures, inFlight, running, waiting, draining, saturated, self }) {
  const last = seconds.at(-1) ?? { requests: 0, failures: 0, p50: null, p99: null };
  show("rate", count(last.requests), `${count(requests)} since the start`);
  show("failures", count(last.failures), requests === 0 ? "" : `${percent(failures / requests)} of all so far`);
  byId("tile-failures").classList.toggle("alert", last.failures > 0);
  show("p50", duration(last.p50), `p99 ${duration(last.p99)}`);
  show("running", count(running), `${count(inFlight)} ${inFlight === 1 ? "caller waits" : "callers wait"}`);
  show("waiting", count(waiting), line({ draining, saturated, waiting }));
  show("cpu", percent(self.cpu), `${bytes(self.rss)}, loop ${duration(self.loopDelay)}`);
}

function line({ draining, saturated, waiting }) {
  if (draining) return "nobody is let in any more";
  if (saturated) return "full: callers are turned away";
  return waiting === 0 ? "every caller has a slot" : "for a process slot";
}

function show(name, text, note) {
  setText(byId(`tile-${name}`), text);
  setText(byId(`tile-${name}-note`), note);
}

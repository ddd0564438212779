import { fetchTimeline } from "./connection.js";
import { announce, byId, element, setText } from "./dom.js";
import { bytes, clock, duration, title } from "./format.js";

/** The request that somebody asked for last; empty when they closed it. */
let wanted = "";

/** Opens the timeline of one request; while that goes on it is asked for again every second. */
export async function openTimeline(requestId) {
  wanted = requestId;
  try {
    const timeline = await fetchTimeline(requestId);
    // Closed, or another one was asked for meanwhile.
    if (wanted !== requestId) return;
    if (timeline === undefined) {
      announce(`Nothing is known of request ${requestId}`);
      return;
    }
    show(timeline);
    history.replaceState(null, "", `#${new URLSearchParams({ request: requestId })}`);
    if (!byId("timeline").open) byId("timeline").showModal();
    if (timeline.phase === "over") return;
  } catch ({ message }) {
    // What is open goes on when the gateway is back.
    if (!byId("timeline").open) {
      announce(`${message}: the request is not shown`);
      return;
    }
  }
  setTimeout(() => again(requestId), 1000);
}

/** Makes the dialog close, by its button too. */
export function prepareTimeline() {
  const dialog = byId("timeline");
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    wanted = "";
    history.replaceState(null, "", location.pathname);
  });
}

function again(requestId) {
  if (wanted === requestId) openTimeline(requestId);
}

function show(timeline) {
  setText(byId("timeline-title"), title(timeline));
  setText(byId("timeline-id"), timeline.requestId);
  showSpans(timeline);
  const facts = factsOf(timeline).filter(([, value]) => value !== null && value !== "–");
  byId("timeline-facts").replaceChildren(
    ...facts.map(([name, value]) => element("div", "", element("dt", "", name), element("dd", "", value))),
  );
  const stderr = byId("timeline-stderr");
  setText(stderr, timeline.stderr ?? "");
  stderr.hidden = timeline.stderr === null;
  byId("timeline-stderr-title").hidden = timeline.stderr === null;
}

function showSpans({ spans, elapsed }) {
  const rows = spans.map(({ name, from, to }) => {
    const bar = element("span", `span ${name}`);
    bar.style.left = `${(from / elapsed) * 100}%`;
    bar.style.width = `${((to - from) / elapsed) * 100}%`;
    const head = element("th", "", NAMES[name]);
    head.scope = "row";
    const took = element("td", "number", duration(to - from));
    return element("tr", "", head, element("td", "track", element("div", "", bar)), took);
  });
  byId("spans").tBodies[0].replaceChildren(...rows);
}

const NAMES = { queue: "Queue", spawn: "Spawn", run: "Run", reply: "Reply" };

const PHASES = {
  waiting: "waits for a slot",
  starting: "is being started",
  running: "runs",
  "handed-on": "its process ended; somebody else is to answer",
  over: "over",
};

function factsOf(timeline) {
  const { path, receivedAt, elapsed, phase, status, how, pid, process, bytesIn, bytesOut } = timeline;
  const { cpuUser, cpuSystem, maxrss } = timeline;
  return [
    ["State", PHASES[phase]],
    ["Came at", clock(receivedAt)],
    ["Took", duration(elapsed)],
    ["Path", path],
    ["Status", status === 0 ? "caller left" : status === null ? null : `${status} ${how}`],
    ["Process", process],
    ["PID", pid === null ? null : String(pid)],
    ["CPU", cpuUser === null ? null : `${duration(cpuUser)} user, ${duration(cpuSystem)} system`],
    ["Memory", bytes(maxrss)],
    ["Body in", bytes(bytesIn)],
    ["Body out", bytes(bytesOut)],
  ];
}

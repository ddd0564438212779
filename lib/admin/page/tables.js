import { button, byId, element, setText } from "./dom.js";
import { bytes, clock, count, duration, rate, shortId, title } from "./format.js";
import { kill } from "./kill.js";
import { table } from "./table.js";
import { openTimeline } from "./timeline.js";

/** Makes the tables; the function that comes back shows a snapshot in them. */
export function tables() {
  const processes = table("processes", {
    key: ({ requestId }) => requestId,
    columns: [
      { make: link },
      { text: ({ pid }) => String(pid) },
      { text: ({ age }) => duration(age) },
      { text: ({ cpu }) => duration(cpu) },
      { text: ({ rss }) => bytes(rss) },
      { text: ({ state }) => state ?? "gone" },
      { make: killButton },
    ],
  });
  const line = table("line", {
    key: ({ requestId }) => requestId,
    columns: [
      { make: link },
      { text: ({ requestId }) => shortId(requestId) },
      { text: ({ waited }) => duration(waited) },
    ],
  });
  const failures = table("failures", {
    key: ({ requestId }) => requestId,
    columns: [
      { make: link },
      { make: () => element("div", "cause"), update: (cell, failure) => showCause(cell.firstChild, failure) },
      { text: ({ at }) => clock(at) },
    ],
  });
  const requests = table("requests", {
    key: ({ requestId }) => requestId,
    columns: [
      { make: link },
      { text: ({ path }) => path },
      { text: ({ status }) => (status === 0 ? "left" : String(status)), update: markFailure },
      { text: ({ elapsed }) => duration(elapsed) },
    ],
  });
  return (status) => {
    processes(status.processes);
    line(status.line);
    failures(status.lastFailures.slice(0, SHOWN));
    requests(status.lastRequests.slice(0, SHOWN));
    showCount("processes-count", status.processes.length, status.running);
    showCount("line-count", status.line.length, status.waiting);
  };
}

/** Rows at once: more are a list that nobody reads. */
const SHOWN = 20;

/** Makes the table of routes, whose bars compare them with the one that takes most. */
export function routeTable() {
  let most = { cpu: 1, memory: 1 };
  const routes = table("routes", {
    key: ({ route, verb }) => `${verb} ${route}`,
    columns: [
      { text: title },
      { text: (route) => rate(route.rate) },
      { text: (route) => count(route.requests) },
      {
        text: (route) => count(route.failures),
        update: (cell, { failures }) => cell.classList.toggle("alert", failures > 0),
      },
      { text: ({ p50 }) => duration(p50) },
      { text: ({ p99 }) => duration(p99) },
      { text: ({ running }) => count(running) },
      { text: ({ waiting }) => count(waiting) },
      {
        make: () => bars(2),
        update: (cell, { cpuUser, cpuSystem }) =>
          showBars(cell, `${duration(cpuUser)} + ${duration(cpuSystem)}`, [cpuUser / most.cpu, cpuSystem / most.cpu]),
      },
      {
        make: () => bars(1),
        update: (cell, { maxrss }) => showBars(cell, bytes(maxrss), [(maxrss ?? 0) / most.memory]),
      },
    ],
  });
  return ({ routes: all }) => {
    const cpu = Math.max(1, ...all.map(({ cpuUser, cpuSystem }) => cpuUser + cpuSystem));
    most = { cpu, memory: Math.max(1, ...all.map(({ maxrss }) => maxrss ?? 0)) };
    // By all requests since the start: an order that hardly changes, so that no row jumps away from who reads it.
    routes([...all].sort((one, other) => other.requests - one.requests));
  };
}

function link(message) {
  const { requestId } = message;
  const made = button(title(message), "link", () => openTimeline(requestId));
  made.title = requestId;
  return made;
}

function killButton(process) {
  // The age is that of the moment when somebody asks, not of the row's first.
  const firstSeen = Date.now() - process.age;
  const made = button("Kill", "danger small", () => kill({ ...process, age: Date.now() - firstSeen }));
  made.setAttribute("aria-label", `Kill process ${process.pid} of ${title(process)}`);
  return made;
}

function showCause(place, { status, how, process, stderr }) {
  if (place.childElementCount === 0)
    place.append(element("span", "alert"), element("span", "how"), element("pre", "tail"));
  const [code, words, tail] = place.children;
  setText(code, status === 0 ? "" : String(status));
  setText(words, process === null ? how : `${how}: ${process}`);
  setText(tail, (stderr ?? "").split("\n").slice(-TAIL_LINES).join("\n"));
  tail.hidden = stderr === null;
}

/** Lines of standard error beside a failure; its timeline has the rest. */
const TAIL_LINES = 4;

function markFailure(cell, { status }) {
  cell.classList.toggle("alert", status === 0 || status >= 500);
}

function bars(number) {
  const parts = Array.from({ length: number }, (_, n) => element("span", n === 0 ? "bar" : "bar light"));
  return element("div", "measure", element("span", "value"), element("span", "bars", ...parts));
}

function showBars(cell, text, shares) {
  const [value, places] = cell.firstChild.children;
  setText(value, text);
  shares.forEach((share, n) => {
    places.children[n].style.width = `${share * 100}%`;
  });
}

function showCount(id, shown, all) {
  setText(byId(id), all > shown ? `${count(shown)} of ${count(all)}` : all === 0 ? "" : count(all));
}

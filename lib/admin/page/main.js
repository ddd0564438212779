import { chart } from "./charts.js";
import { follow, withToken } from "./connection.js";
import { byId, setText } from "./dom.js";
import { count, duration, longDuration, shortDuration } from "./format.js";
import { routeTable, tables } from "./tables.js";
import { showTiles } from "./tiles.js";
import { openTimeline, prepareTimeline } from "./timeline.js";
import { takeToken } from "./token.js";

const asked = new URLSearchParams(location.hash.slice(1)).get("request");
takeToken();
prepareTimeline();
byId("api").href = withToken("/api");

const showRate = chart("rate", {
  format: count,
  whole: true,
  series: [
    { name: "requests", colour: "--accent", area: "--accent-area" },
    { name: "failures", colour: "--alert" },
  ],
});
const showLatency = chart("latency", {
  format: duration,
  formatTick: shortDuration,
  log: true,
  series: [
    { name: "p50", colour: "--accent" },
    { name: "p90", colour: "--accent-2", dash: "dashed" },
    { name: "p99", colour: "--accent-3", dash: "dotted" },
  ],
});
const showTables = tables();
const showRoutes = routeTable();

follow({
  onLost: showState,
  onStatus: (status) => {
    const { seconds, version, uptime, draining, saturated } = status;
    showState(draining ? "draining" : saturated ? "saturated" : "live");
    const at = seconds.map((second) => second.at / 1000);
    const column = (name) => seconds.map((second) => second[name]);
    showRate([at, column("requests"), column("failures")]);
    showLatency([at, column("p50"), column("p90"), column("p99")]);
    setText(byId("about"), `${version}, up ${longDuration(uptime)}`);
    showTiles(status);
    showTables(status);
    showRoutes(status);
  },
});

byId("find").addEventListener("submit", (event) => {
  event.preventDefault();
  const id = byId("find-id").value.trim();
  if (id !== "") openTimeline(id);
});

if (asked !== null) openTimeline(asked);

function showState(state) {
  const place = byId("state");
  place.dataset.state = state;
  setText(place, state);
}

import { Counter, Gauge, type Registry } from "prom-client";

/** What is looked up only when it is asked for. */
export interface Pulled {
  /** What runs and waits now, one entry for each route and verb. */
  readonly routes: () => readonly RouteLoad[];
  /** How many callers wait for their reply. */
  readonly callers: () => number;
  /** Log lines that were dropped so far. */
  readonly droppedLines: () => number;
}

/** Processes that run, or are being started, and messages that wait for a slot. */
export interface RouteLoad {
  readonly route: string;
  readonly verb: string;
  readonly running: number;
  readonly waiting: number;
}

/** Registers the figures that need no counting. */
export function pullFigures(registry: Registry, { routes, callers, droppedLines }: Pulled): void {
  const registers = [registry];
  new Gauge({
    name: "http_requests_in_flight",
    help: "Callers that wait for their reply.",
    registers,
    collect() {
      this.set(callers());
    },
  });
  new Gauge({
    name: "urocket_processes_running",
    help: "Processes that run or are being started.",
    labelNames: ["route"],
    registers,
    collect() {
      fill(this, routes(), ({ running }) => running);
    },
  });
  new Gauge({
    name: "urocket_queue_length",
    help: "Messages that wait for a process slot.",
    labelNames: ["route"],
    registers,
    collect() {
      fill(this, routes(), ({ waiting }) => waiting);
    },
  });
  new Counter({
    name: "urocket_log_lines_dropped_total",
    help: "Log lines that nobody read in time, or at all.",
    registers,
    collect() {
      this.reset();
      this.inc(droppedLines());
    },
  });
}

/** Verbs of one path are one route here. Routes that a reload took away are gone. */
function fill(gauge: Gauge<"route">, loads: readonly RouteLoad[], figure: (load: RouteLoad) => number): void {
  gauge.reset();
  for (const load of loads) gauge.inc({ route: load.route }, figure(load));
}

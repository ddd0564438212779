import type { StatusFailure, StatusProcess, StatusRoute } from "../../observe/status/types.ts";
import { clean } from "./cells.ts";
import { bytesText, rateText, timeText } from "./figures.ts";
import type { Column } from "./table.ts";

/** A table before it is laid out: only what is shown of it takes room. */
export interface Section {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** How many there are in all, of which these rows may be the first. */
  readonly all: number;
}

/** What runs; the chosen row has a mark. */
export function processSection(
  processes: readonly StatusProcess[],
  selected: string | undefined,
  running: number,
): Section {
  const rows = processes.map(({ requestId, route, verb, pid, age, cpu, rss, state }) => [
    `${requestId === selected ? ">" : " "} ${pid}`,
    nameOf(route, verb),
    timeText(age),
    timeText(cpu),
    bytesText(rss),
    clean(state ?? "gone"),
  ]);
  return { columns: PROCESSES, rows, all: Math.max(running, rows.length) };
}

/** Traffic by route, the busiest first. */
export function routeSection(routes: readonly StatusRoute[]): Section {
  const busiest = [...routes].sort((one, other) => other.rate - one.rate || other.requests - one.requests);
  const rows = busiest.map((each) => [
    `  ${nameOf(each.route, each.verb)}`,
    rateText(each.rate),
    String(each.requests),
    String(each.failures),
    timeText(each.p50),
    timeText(each.p99),
    timeText(each.cpuUser + each.cpuSystem),
    bytesText(each.maxrss),
    String(each.running),
    String(each.waiting),
  ]);
  return { columns: ROUTES, rows, all: rows.length };
}

/** What failed last, each with the last line of its standard error. */
export function failureSection(failures: readonly StatusFailure[], now: number): Section {
  const rows = failures.map(({ at, status, how, route, verb, process, stderr }) => [
    `  ${timeText(Math.max(0, now - at))} ago`,
    status === 0 ? "-" : String(status),
    nameOf(route, verb),
    clean([how, process, lastLine(stderr)].filter((part) => part !== null).join(": ")),
  ]);
  return { columns: FAILURES, rows, all: rows.length };
}

function nameOf(route: string | null, verb: string): string {
  return clean(`${verb.toUpperCase()} ${route ?? "(no route)"}`);
}

function lastLine(stderr: string | null): string | null {
  return stderr?.trimEnd().split("\n").at(-1) || null;
}

const PROCESSES: readonly Column[] = [
  { title: "  PID" },
  { title: "PROCESS OF", grows: true },
  { title: "AGE", align: "right" },
  { title: "CPU", align: "right", minor: true },
  { title: "MEMORY", align: "right", minor: true },
  { title: "STATE", minor: true },
];

const ROUTES: readonly Column[] = [
  { title: "  ROUTE", grows: true },
  { title: "REQ/S", align: "right" },
  { title: "ALL", align: "right" },
  { title: "FAILED", align: "right" },
  { title: "P50", align: "right" },
  { title: "P99", align: "right" },
  { title: "CPU", align: "right", minor: true },
  { title: "MAX MEM", align: "right", minor: true },
  { title: "RUN", align: "right", minor: true },
  { title: "WAIT", align: "right", minor: true },
];

const FAILURES: readonly Column[] = [
  { title: "  FAILED", align: "left" },
  { title: "STATUS" },
  { title: "REQUEST" },
  { title: "WHY", grows: true },
];

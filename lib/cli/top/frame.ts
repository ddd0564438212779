import { clean, cut } from "./cells.ts";
import { headerLines } from "./header.ts";
import { HELP, KEYS } from "./help.ts";
import { failureSection, processSection, routeSection, type Section } from "./sections.ts";
import type { Style } from "./style.ts";
import { type Column, table } from "./table.ts";
import { sorted, type View } from "./view.ts";

export interface FrameSize {
  readonly width: number;
  /** Infinity where everything is to be shown. */
  readonly height: number;
}

/** The lines of a view, at most as many and as wide as fit; the last one is for the person in front of it. */
export function frame(view: View, { width, height }: FrameSize, style: Style): string[] {
  const { snapshot, help } = view;
  const body =
    help || snapshot === undefined
      ? (help ? HELP : []).map((line) => cut(line, width))
      : [...headerLines(snapshot).map((line) => cut(line, width)), ...sections(view, { width, height }, style)];
  if (height === Number.POSITIVE_INFINITY) return body;
  const blank: string[] = Array(Math.max(0, height - 1 - body.length)).fill("");
  return [...body.slice(0, Math.max(0, height - 1)), ...blank, footer(view, width, style)];
}

function sections({ snapshot, sort, selected }: View, { width, height }: FrameSize, style: Style): string[] {
  if (snapshot === undefined) return [];
  const processes = sorted({ snapshot, sort });
  const all = [
    processSection(processes, selected, snapshot.running),
    routeSection(snapshot.routes),
    failureSection(snapshot.lastFailures, snapshot.now),
  ];
  const parts = all.slice(0, fitting(all.length, height));
  const chosen = processes.findIndex(({ requestId }) => requestId === selected);
  const heights = shares(parts, height - roomBeside(parts.length));
  return parts.flatMap((part, index) => {
    const { rows } = part;
    const shown = heights[index] ?? 0;
    // The chosen row is always one of those that are shown.
    const first = index === 0 ? Math.max(0, Math.min(chosen - shown + 1, rows.length - shown)) : 0;
    const [head = "", ...lines] = laidOut(part, rows.slice(first, first + shown), width);
    return [
      "",
      style.title(head),
      ...lines.map((line, at) => (index === 0 && first + at === chosen ? style.chosen(line) : line)),
      ...(rows.length === 0 ? [style.faint("  none")] : []),
    ];
  });
}

/** Only the rows that are shown make the columns as wide as they are; the title tells of the others. */
function laidOut({ columns, all }: Section, rows: Section["rows"], width: number): string[] {
  const told = (column: Column) => ({ ...column, title: `${column.title} (${rows.length} of ${all})` });
  return table(
    all === rows.length ? columns : columns.map((column) => (column.grows ? told(column) : column)),
    rows,
    width,
  );
}

/** How many tables there is room for, the first at least: one of which no row is seen tells nothing. */
function fitting(most: number, height: number): number {
  for (let tables = most; tables > 1; tables--) {
    if (height - roomBeside(tables) >= tables * FEWEST) return tables;
  }
  return 1;
}

const FEWEST = 2;

/** Rows for each table: what one does not need the others have. */
function shares(parts: readonly Section[], room: number): number[] {
  const needs = parts.map(({ rows }) => rows.length);
  if (room === Number.POSITIVE_INFINITY) return needs;
  const got = parts.map(() => 0);
  for (let left = room; left > 0; ) {
    const hungry = needs.flatMap((need, index) => ((got[index] ?? 0) < need ? [index] : []));
    if (hungry.length === 0) break;
    for (const index of hungry.slice(0, left)) got[index] = (got[index] ?? 0) + 1;
    left -= hungry.length;
  }
  return got;
}

function footer({ lost, asked, note, help }: View, width: number, style: Style): string {
  if (asked !== undefined) {
    const { pid, verb, route } = asked;
    return style.alert(cut(clean(`kill process ${pid} of ${verb.toUpperCase()} ${route ?? ""}? y/n`), width));
  }
  if (lost !== undefined) return style.alert(cut(lost, width));
  return style.faint(cut(note !== "" ? note : help ? "any key: back" : KEYS, width));
}

/** Lines that are no rows: three at the top, a blank and a title for each table, and the last one. */
function roomBeside(tables: number): number {
  return 3 + tables * 2 + 1;
}

import { cell, widthOf } from "./cells.ts";

/** A column: its title, and how its cells stand in it. */
export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** It has whatever the others leave; in one column of a table at most. */
  readonly grows?: boolean;
  /** It is left out, the last first, before anything else is cut. */
  readonly minor?: boolean;
}

/** The head and the rows of a table, each a line that is at most `width` columns wide. Cells are clean already. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[index] ?? ""))),
  );
  const kept = columns.map((_, index) => index);
  let tooMuch = kept.reduce((sum, index) => sum + GAP.length + (widths[index] ?? 0), -GAP.length) - width;
  for (let at = kept.length - 1; at >= 0 && tooMuch > 0; at--) {
    if (columns[at]?.minor !== true) continue;
    tooMuch -= GAP.length + (widths[at] ?? 0);
    kept.splice(at, 1);
  }
  const growing = columns.findIndex(({ grows }) => grows);
  if (tooMuch > 0 && growing !== -1) widths[growing] = Math.max(LEAST, (widths[growing] ?? 0) - tooMuch);
  return [columns.map(({ title }) => title), ...rows].map((row) => {
    const cells = kept.map((index) => cell(row[index] ?? "", widths[index] ?? 0, columns[index]?.align));
    return cell(cells.join(GAP), Math.min(width, WIDEST)).trimEnd();
  });
}

const GAP = "  ";

/** What is left of a column that shrinks. */
const LEAST = 8;

/** Beyond this a line is not filled up: without a terminal it may be as wide as it likes. */
const WIDEST = 10_000;

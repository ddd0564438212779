import { cell, widthOf } from "./cells.ts";

/** A column: its title, and how its cells stand in it. */
export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** It has whatever the others leave; in one column of a table at most. */
  readonly grows?: boolean;
}

/** The head and the rows of a table, each a line that is at most `width` columns wide. Cells are clean already. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[index] ?? ""))),
  );
  const all = widths.reduce((sum, each) => sum + each, 0) + GAP.length * (columns.length - 1);
  const growing = columns.findIndex(({ grows }) => grows);
  if (all > width && growing !== -1) {
    widths[growing] = Math.max(LEAST, (widths[growing] ?? 0) - (all - width));
  }
  return [columns.map(({ title }) => title), ...rows].map((row) => {
    const cells = columns.map(({ align }, index) => cell(row[index] ?? "", widths[index] ?? 0, align));
    return cell(cells.join(GAP), Math.min(width, WIDEST)).trimEnd();
  });
}

const GAP = "  ";

/** What is left of a column that shrinks. */
const LEAST = 8;

/** Beyond this a line is not filled up: without a terminal it may be as wide as it likes. */
const WIDEST = 10_000;

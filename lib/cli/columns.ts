/** Rows side by side: every column as wide as its widest cell, blanks at the end of a line cut off. */
export function columns(rows: readonly (readonly string[])[], indent = ""): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  return rows.map((row) => {
    const cells = row.map((cell, index) => cell.padEnd(widths[index] ?? 0));
    return `${indent}${cells.join("  ")}`.trimEnd();
  });
}

/** Cuts a line to what fits; the cut shows. */
export function fit(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

/** Breaks a line between words so that it fits; what follows the first line is indented by `hang` blanks more. */
export function wrap(line: string, width: number, hang = 2): string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let current = "";
  for (const word of line.trim().split(" ")) {
    const start = indent + (lines.length === 0 ? "" : " ".repeat(hang));
    const longer = current === "" ? start + word : `${current} ${word}`;
    if (longer.length <= width || current === "") {
      current = longer;
      continue;
    }
    lines.push(current);
    current = indent + " ".repeat(hang) + word;
  }
  return [...lines, current];
}

/** How wide a line may be: as wide as the terminal; without one lines are for other programs, and whole. */
export function lineWidth(): number {
  return process.stdout.isTTY ? Math.max(40, process.stdout.columns) : Number.POSITIVE_INFINITY;
}

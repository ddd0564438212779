/** A Markdown table; all columns but the first are figures. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(["---", ...head.slice(1).map(() => "---:")]), ...rows.map(line)].join("\n");
}

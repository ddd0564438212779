import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A page of docs/, by its file name. */
export function readPage(name: string): string {
  return readFileSync(join(import.meta.dirname, "../../docs", name), "utf8");
}

/** The rows of the table that begins with `head`, without the marks of code. */
export function rows(page: string, head: string): string[][] {
  const start = page.indexOf(head);
  assert.notEqual(start, -1, head);
  const lines = page.slice(start).split("\n\n", 1)[0]?.trimEnd().split("\n").slice(2) ?? [];
  const cells = (line: string) => line.split("|").slice(1, -1);
  return lines.map((line) => cells(line).map((cell) => cell.trim().replaceAll("`", "")));
}

/** The routes of a configuration on a page, as `startGateway` wants them, and what stands beside them at its top. */
export function configuration(text: string): { paths: string; top: string } {
  const [top = "", paths = ""] = text.split(/^paths:\n/m);
  return { top, paths };
}

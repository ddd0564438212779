import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** A fenced block of a page. */
export interface Fence {
  readonly language: string;
  readonly text: string;
  /** The heading that it stands under. */
  readonly heading: string;
  /** The last line of words before it, marks left out. */
  readonly before: string;
  /** Why it is not run, as its mark says: `<!-- not run: needs root -->`. */
  readonly notRun: string | undefined;
  /** Where it is, for messages: `docs/tutorial.md:12`. */
  readonly place: string;
}

/**
 * The fenced blocks of a page, in order; its path is that from the project's folder. Throws for a fence that is not plain
 * (indented, of tildes, with more than a language behind it, never closed): it would be overlooked otherwise.
 */
export function fencesOf(page: string): Fence[] {
  const fences: Fence[] = [];
  const lines = readFileSync(join(ROOT, page), "utf8").split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (!/^[\s>]*(```|~~~)/.test(line)) continue;
    const place = `${page}:${at + 1}`;
    const [, language] = /^```(\w*)$/.exec(line) ?? [];
    const end = lines.indexOf("```", at + 1);
    if (language === undefined || end < 0) throw new Error(`expected a plain fence at ${place}, got ${line}`);
    const head = lines.slice(0, at).filter((text) => text !== "");
    const before = head.findLast((text) => !text.startsWith("<!--")) ?? "";
    const notRun = /^<!-- not run: (.*) -->$/.exec(head.at(-1) ?? "")?.[1];
    const heading = head.findLast((text) => /^#+ /.test(text))?.replace(/^#+ /, "") ?? "";
    const body = lines.slice(at + 1, end).map((text) => `${text}\n`);
    fences.push({ language, text: body.join(""), heading, before, notRun, place });
    at = end;
  }
  return fences;
}

/**
 * The blocks of a page in one language that a test is to run, in order. Throws unless there are so many: a block that is
 * added must be run, too.
 */
export function blocksOf(page: string, language: string, count: number): string[] {
  const found = fencesOf(page).filter((fence) => fence.language === language && fence.notRun === undefined);
  if (found.length !== count) {
    throw new Error(
      `expected ${count} ${language} blocks to run in ${page}, got ${found.length}: have each of them run`,
    );
  }
  return found.map(({ text }) => text);
}

/** Which tests a page says to be run by: language → test file, of marks such as `<!-- js: run by test/a.test.ts -->`. */
export function runBy(page: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(ROOT, page), "utf8");
  const marks = text.matchAll(/^<!-- (\w+(?:, \w+)*): run by (\S+) -->$/gm);
  return new Map(
    [...marks].flatMap(([, languages = "", file = ""]) => languages.split(", ").map((name) => [name, file] as const)),
  );
}

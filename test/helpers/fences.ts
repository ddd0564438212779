import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** A fenced block of a page. */
export interface Fence {
  readonly language: string;
  readonly text: string;
  /** The last line of words before it, marks left out. */
  readonly before: string;
  /** Why it is not run, as its mark says: `<!-- not run: needs root -->`. */
  readonly notRun: string | undefined;
  /** Where it is, for messages: `docs/tutorial.md:12`. */
  readonly place: string;
}

/** The fenced blocks of a page, in order; its path is that from the project's folder. */
export function fencesOf(page: string): Fence[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(({ index, 1: language = "", 2: body = "" }) => {
    const head = text.slice(0, index).trimEnd().split("\n");
    return {
      language,
      text: body,
      before: head.findLast((line) => line !== "" && !line.startsWith("<!--")) ?? "",
      notRun: /^<!-- not run: (.*) -->$/.exec(head.at(-1) ?? "")?.[1],
      place: `${page}:${head.length + 1}`,
    };
  });
}

/** Which tests a page says to be run by: language → test file, of marks such as `<!-- js: run by test/a.test.ts -->`. */
export function runBy(page: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(ROOT, page), "utf8");
  const marks = text.matchAll(/^<!-- (\w+(?:, \w+)*): run by (\S+) -->$/gm);
  return new Map(
    [...marks].flatMap(([, languages = "", file = ""]) => languages.split(", ").map((name) => [name, file] as const)),
  );
}

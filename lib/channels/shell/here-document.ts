import type { ScriptSource } from "./source.ts";

/** Reads `<<` or `<<-` and the delimiter; the body comes behind the line. */
export function readHereOperator(source: ScriptSource): void {
  const match = source.match(/<<(-?)[ \t]*(?:([\w.-]+)|(['"])([\w.-]+)\3|\\([\w.-]+))(?=[\s;&|<>()]|$)/y);
  if (match === null) source.fail("a here-document whose delimiter is not a plain word");
  const [operator, dash, plain, , inQuotes, escaped] = match;
  source.skip(operator.length);
  source.hereDocuments.push({
    delimiter: plain ?? inQuotes ?? escaped ?? "",
    stripTabs: dash === "-",
    expands: plain !== undefined,
  });
}

/** Reads the bodies of the here-documents that wait for them, from behind the end of their line. */
export function readHereBodies(source: ScriptSource): void {
  source.forbid("in a here-document", () => {
    for (const { delimiter, stripTabs, expands } of source.hereDocuments.splice(0)) {
      let joined = false;
      for (;;) {
        if (source.ended) source.fail(`a here-document without its end ${delimiter}`);
        const line = readLine(source);
        if (!joined && (stripTabs ? line.replace(/^\t+/, "") : line) === delimiter) break;
        joined = expands && /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
      }
    }
  });
}

function readLine(source: ScriptSource): string {
  const start = source.at;
  while (!source.ended && source.peek() !== "\n") source.skip(1);
  const line = source.since(start);
  source.skip(1);
  return line;
}

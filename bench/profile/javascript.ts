import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "../tools/load.ts";
import type { Subject } from "./subjects.ts";
import { table } from "./table.ts";

const ROOT = join(import.meta.dirname, "../..");
const LINES = 30;

/** The functions of the JavaScript thread that take the most time themselves, by V8's own profiler. */
export async function profileJavaScript(subject: Subject, directory: string, milliseconds: number): Promise<string> {
  const kept = join(directory, "profiles");
  mkdirSync(kept, { recursive: true });
  const server = await subject.start(directory, ["--cpu-prof", "--cpu-prof-dir", kept]);
  try {
    await load(server.url, subject.exchange, { milliseconds });
  } finally {
    // It is written at the end of the program.
    await server.close();
  }
  const [file] = readdirSync(kept);
  if (file === undefined) return "No profile by V8: it left none.\n";
  return `## JavaScript\n\nShare of the time in which the thread was not idle.\n\n${topList(readFileSync(join(kept, file), "utf8"), milliseconds)}\n`;
}

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** From sample to sample, in microseconds, as are the other times. */
  readonly timeDeltas: readonly number[];
  readonly startTime: number;
  readonly endTime: number;
}

function topList(text: string, milliseconds: number): string {
  const { nodes, samples, timeDeltas, startTime, endTime } = JSON.parse(text) as Profile;
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map<string, number>();
  // The load comes last; what the start took is not wanted.
  const begin = endTime - milliseconds * 1000;
  let now = startTime;
  samples.forEach((id, i) => {
    const delta = timeDeltas[i] ?? 0;
    now += delta;
    const name = names.get(id) ?? "";
    if (name !== "(idle)" && now >= begin) times.set(name, (times.get(name) ?? 0) + delta);
  });
  const all = [...times.values()].reduce((sum, time) => sum + time, 0);
  const top = [...times].sort(([, a], [, b]) => b - a).slice(0, LINES);
  return table(
    ["function", "share, %"],
    top.map(([name, time]) => [name, ((time / all) * 100).toFixed(1)]),
  );
}

function nameOf({ functionName, url, lineNumber }: Profile["nodes"][number]["callFrame"]): string {
  const name = functionName === "" ? "(anonymous)" : functionName;
  if (url === "") return name;
  const file = url.startsWith("file://") ? relative(ROOT, fileURLToPath(url)) : url;
  return `${name} ${file}:${lineNumber + 1}`;
}

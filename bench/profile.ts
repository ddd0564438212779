import { join } from "node:path";
import { parseArgs } from "node:util";
import { profileJavaScript } from "./profile/javascript.ts";
import { profilePerf } from "./profile/perf.ts";
import { profileSystemCalls } from "./profile/strace.ts";
import { SUBJECTS } from "./profile/subjects.ts";
import { profileThreads } from "./profile/threads.ts";
import { missing } from "./tools/installed.ts";
import { makeScratch } from "./tools/scratch.ts";

const USAGE = `usage: npm run profile -- [--case NAME] [--seconds NUMBER] [--strace]

  --case      what is under load: ${Object.keys(SUBJECTS).join(", ")}; stdout when absent
  --seconds   length of each load; 5 when absent
  --strace    system calls by strace, also where perf works`;

/** Prints where the time of our own processes goes: by thread, by symbol or system call, by function of JavaScript. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const subject = SUBJECTS[values.case];
  const seconds = Number(values.seconds);
  if (subject === undefined || !(seconds > 0)) {
    console.error(USAGE);
    return 2;
  }
  const scratch = makeScratch();
  const milliseconds = seconds * 1000;
  const place = (name: string): string => join(scratch, name);
  console.log(`# Profile of \`${values.case}\`\n`);
  console.log(await profileThreads(subject, place("threads"), milliseconds));
  const perf =
    missing([{ program: "perf", package: "linux-perf" }]) ?? (await profilePerf(subject, place("perf"), milliseconds));
  console.log(typeof perf === "string" ? `No profile by perf: ${perf}.\n` : perf.text);
  if (typeof perf === "string" || values.strace)
    console.log(await profileSystemCalls(subject, place("strace"), milliseconds));
  console.log(await profileJavaScript(subject, place("javascript"), milliseconds));
  return 0;
}

const OPTIONS = {
  case: { type: "string", default: "stdout" },
  seconds: { type: "string", default: "5" },
  strace: { type: "boolean", default: false },
} as const;

process.exitCode = await main(process.argv.slice(2));

import { once } from "node:events";
import { readdirSync } from "node:fs";
import { text } from "node:stream/consumers";
import { missing } from "../tools/installed.ts";
import { startKept } from "../tools/kept.ts";
import { load } from "../tools/load.ts";
import type { Subject } from "./subjects.ts";

/** How many system calls of which kind our threads make; those of the processes that they start are not in it. */
export async function profileSystemCalls(subject: Subject, directory: string, milliseconds: number): Promise<string> {
  const absent = missing([{ program: "strace", package: "strace" }]);
  if (absent !== undefined) return `No profile by strace: ${absent}.\n`;
  const server = await subject.start(directory);
  try {
    // Each thread by its number: -f would follow the processes, too, and count what they do.
    const threads = server.pids.flatMap((pid) => readdirSync(`/proc/${pid}/task`)).flatMap((task) => ["-p", task]);
    const strace = startKept("strace", ["-c", "-U", "name,calls,errors,time-percent", ...threads], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    const printed = text(strace.stderr as NonNullable<typeof strace.stderr>);
    const { requests } = await load(server.url, subject.exchange, { milliseconds });
    const ended = once(strace, "exit");
    strace.kill("SIGINT");
    await ended;
    const lines = (await printed).split("\n").filter((line) => line !== "" && !line.startsWith("strace:"));
    return `## System calls, ${requests} requests under strace\n\n\`\`\`\n${lines.slice(0, 24).join("\n")}\n\`\`\`\n`;
  } finally {
    await server.close();
  }
}

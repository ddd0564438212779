import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { startKept } from "../tools/kept.ts";
import { load } from "../tools/load.ts";
import type { Subject } from "./subjects.ts";

/** Where CPU time goes by symbol, kernel and JavaScript included; or a sentence that says why perf can't tell. */
export async function profilePerf(
  subject: Subject,
  directory: string,
  milliseconds: number,
): Promise<{ readonly text: string } | string> {
  const server = await subject.start(directory, ["--perf-basic-prof-only-functions"]);
  try {
    await load(server.url, subject.exchange, { milliseconds: 1000 });
    const data = join(directory, "perf.data");
    // The processes that are started are not followed (-i).
    const args = [
      "record",
      "-i",
      "-F",
      "999",
      "-o",
      data,
      "-p",
      server.pids.join(),
      "--",
      "sleep",
      String(milliseconds / 1000),
    ];
    const perf = startKept("perf", args, { stdio: ["ignore", "ignore", "ignore"] });
    const ended = once(perf, "exit");
    await load(server.url, subject.exchange, { milliseconds });
    const [code] = await ended;
    if (code !== 0) return `perf record ended with ${code}: see /proc/sys/kernel/perf_event_paranoid`;
    const part = (title: string, sort: string, least: string): string =>
      `### By ${title}\n\n\`\`\`\n${report(data, sort, least)}\n\`\`\`\n`;
    return {
      text: `## perf\n\n${part("thread and object", "comm,dso", "1")}\n${part("symbol", "comm,dso,sym", "0.6")}`,
    };
  } finally {
    await server.close();
    // Where node leaves the names of its functions for perf.
    for (const pid of server.pids) rmSync(`/tmp/perf-${pid}.map`, { force: true });
  }
}

function report(data: string, sort: string, least: string): string {
  const args = ["report", "-i", data, "--stdio", "--no-children", "--sort", sort, "--percent-limit", least];
  const { stdout } = spawnSync("perf", args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  const lines = stdout.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return lines.map((line) => line.trimEnd()).join("\n");
}

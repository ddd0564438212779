import { readdirSync, readFileSync } from "node:fs";
import { type CpuTime, readCpu } from "../tools/cpu.ts";
import { load } from "../tools/load.ts";
import type { Subject } from "./subjects.ts";
import { table } from "./table.ts";

/** User and system time of each thread for one request, from /proc/PID/task. */
export async function profileThreads(subject: Subject, directory: string, milliseconds: number): Promise<string> {
  const server = await subject.start(directory);
  try {
    // What is compiled and warmed up on the way does not count.
    await load(server.url, subject.exchange, { milliseconds: 1000 });
    const before = look(server.pids);
    const { requests, perSecond } = await load(server.url, subject.exchange, { milliseconds });
    const rows = [...look(server.pids)]
      .map(([task, { name, user, system }]) => {
        const { user: hadUser = 0, system: hadSystem = 0 } = before.get(task) ?? {};
        return { name, user: (user - hadUser) / requests, system: (system - hadSystem) / requests };
      })
      .filter(({ user, system }) => user + system >= LEAST);
    const all = { name: "all", user: sum(rows, "user"), system: sum(rows, "system") };
    const lines = [...rows.sort((a, b) => b.user + b.system - a.user - a.system), all];
    const cells = lines.map(({ name, user, system }) => [
      name,
      ...[user, system, user + system].map((n) => n.toFixed(1)),
    ]);
    const head = `## Threads\n\n${perSecond.toFixed(0)} requests/s; microseconds of CPU for each request.\n\n`;
    return `${head}${table(["thread", "user", "system", "both"], cells)}\n`;
  } finally {
    await server.close();
  }
}

/** Threads that do less, in microseconds for each request, are left out. */
const LEAST = 0.1;

interface Task extends CpuTime {
  readonly name: string;
}

function look(pids: readonly number[]): Map<string, Task> {
  const tasks = pids.flatMap((pid) => readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}`));
  return new Map(
    tasks.map((task) => [task, { name: readFileSync(`${task}/comm`, "utf8").trim(), ...readCpu(`${task}/stat`) }]),
  );
}

function sum(rows: readonly CpuTime[], key: keyof CpuTime): number {
  return rows.reduce((total, row) => total + row[key], 0);
}

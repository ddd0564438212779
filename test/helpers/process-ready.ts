import type { ExitRecord, Running, SpawnSpec, Supervisor } from "../../lib/process/index.ts";
import { command, printed } from "./process-supervisor.ts";
import { until } from "./until.ts";

/** Starts a process whose standard output is a `"pipe"` and waits for its first line. */
export async function firstLine(running: Running): Promise<string> {
  let text = "";
  for await (const chunk of running.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  return text.slice(0, text.indexOf("\n"));
}

/**
 * Runs a process that prints "ready" once it has set itself up, with a deadline that came after that: on a slow machine
 * with a later one than on a fast one.
 */
export async function deadlineAfterReady(supervisor: Supervisor, spec: SpawnSpec): Promise<ExitRecord> {
  for (let timeout = 50; timeout < 20_000; timeout *= 4) {
    const record = await supervisor.spawn({ ...spec, timeout }).exited;
    if (printed(record).startsWith("ready\n")) return record;
  }
  throw new Error("expected the process to be ready within 20 s");
}

/**
 * Waits until `count` is above 0 and stands still while another process runs from start to end: in that time all that
 * could happen would have happened.
 */
export async function standstill(supervisor: Supervisor, count: () => number): Promise<number> {
  return until("a standstill", async () => {
    const before = count();
    await supervisor.spawn(command(["/bin/true"])).exited;
    return before > 0 && count() === before && before;
  });
}

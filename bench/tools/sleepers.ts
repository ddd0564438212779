import { execFileSync } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { familyOf } from "./cpu.ts";
import { ignoringGone } from "./gone.ts";
import type { Server } from "./server.ts";
import { until } from "./until.ts";

/** Slow scripts: processes that sleep for callers who wait, until all are woken. */
export class Sleepers {
  readonly #gate: number;
  readonly #agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
  readonly #answers: Promise<number>[] = [];
  #open = true;

  /** `gate` is the named pipe that the program waits on; it is made. */
  constructor(gate: string) {
    execFileSync("mkfifo", ["-m", "666", gate]);
    // For both ways, so that nobody has to read yet.
    this.#gate = openSync(gate, "r+");
  }

  /** Makes that many callers wait for `/sleeper` of a server; resolves when all processes run. */
  async start(server: Server, count: number): Promise<void> {
    for (let i = 0; i < count; i++) this.#answers.push(this.#call(server.url));
    await until(`${count} processes of ${server.url} to sleep`, () => sleepersOf(server) >= count);
  }

  /** Lets all of them go on. Throws when a caller did not get its answer. */
  async wake(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#gate);
    const statuses = await Promise.all(this.#answers);
    this.#agent.destroy();
    const lost = statuses.filter((status) => status !== 200);
    if (lost.length > 0) throw new Error(`expected every sleeper to answer, got ${lost.length} others: ${lost[0]}`);
  }

  #call(url: string): Promise<number> {
    return new Promise((resolve) => {
      const sent = get(`${url}/sleeper`, { agent: this.#agent }, (response) => {
        response.resume().once("end", () => resolve(response.statusCode ?? 0));
      });
      // No answer is counted as one that is not 200.
      sent.once("error", () => resolve(0));
    });
  }
}

function sleepersOf({ pids }: Server): number {
  const family = new Set(pids.flatMap(familyOf));
  return [...family].filter((pid) => ignoringGone(() => readFileSync(`/proc/${pid}/comm`, "utf8")) === "sleeper\n")
    .length;
}

import type { MessageEnded } from "../../core/events.ts";
import type { ExitFacts } from "../exit-facts.ts";
import { describeEnd } from "../exit-lines.ts";
import { printable } from "../printable.ts";

/** What is kept of the end of a process. Neither its output nor its record: those are large. */
export interface Ending {
  readonly pid: number;
  readonly words: string;
  readonly ran: boolean;
  /** Milliseconds until it executed, its time in line for that included, and from there to its end. */
  readonly spawn: number;
  readonly run: number;
  readonly cpuUser: number;
  readonly cpuSystem: number;
  readonly maxrss: number | null;
}

/** One message as it is followed: of fixed shape, for there is one for each request. */
export class Followed {
  readonly requestId: string;
  readonly route: string | null;
  readonly verb: string;
  readonly path: string;
  readonly receivedAt: number;
  /** When it had its slot, in milliseconds of `performance.now()`; 0 as long as it has none. */
  admittedAt = 0;
  over = false;
  status: number | null = null;
  how: string | null = null;
  elapsed = 0;
  reply = 0;
  bytesIn: number | null = null;
  bytesOut: number | null = null;
  ending: Ending | undefined;
  #stderr: Buffer | undefined;

  constructor({ requestId, route, verb, path, receivedAt }: Begun) {
    this.requestId = requestId;
    this.route = route ?? null;
    this.verb = verb;
    this.path = path.slice(0, LONGEST_PATH);
    this.receivedAt = receivedAt;
  }

  /** The end of what its process wrote on standard error, fit to be shown; null for nothing. */
  get stderr(): string | null {
    const text = this.#stderr?.toString("utf8").trimEnd() ?? "";
    return text === "" ? null : text.split(/\r?\n/).map(printable).join("\n");
  }

  ended({ status, how, elapsed, reply, bytesIn, bytesOut }: MessageEnded): void {
    this.status = status;
    this.how = how;
    this.elapsed = elapsed;
    this.reply = reply;
    this.bytesIn = bytesIn;
    this.bytesOut = bytesOut;
  }

  exited(record: ExitFacts): void {
    const { pid, how, queued, spawn, run, usage, stderr } = record;
    const used = { cpuUser: usage.utime, cpuSystem: usage.stime, maxrss: usage.maxrssExact ? usage.maxrss : null };
    this.ending = { pid, words: describeEnd(record), ran: how !== "spawn-error", spawn: queued + spawn, run, ...used };
    // Copied, for the bytes of many processes share one piece of memory.
    if (stderr.data.length > 0) this.#stderr = Buffer.from(stderr.data.subarray(-TAIL));
  }
}

interface Begun {
  readonly requestId: string;
  readonly route: string | undefined;
  readonly verb: string;
  readonly path: string;
  readonly receivedAt: number;
}

/** Characters of a path, and bytes of standard error: the end tells most. */
const LONGEST_PATH = 500;
const TAIL = 2000;

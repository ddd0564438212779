import { RESULTS_PATH } from "../core/path.ts";
import { problem } from "../core/problem.ts";
import type { Caller, Reply } from "../core/reply.ts";

/** Bounds of what is kept for those who fetch later. */
export interface ResultLimits {
  /** Results that have come. Those still to come are bounded by admission. */
  readonly most: number;
  /** Bytes of all of them; the newest is kept even when it alone is more. */
  readonly bytes: number;
  /** How long one is kept after it came, in milliseconds. */
  readonly keep: number;
}

const LIMITS: ResultLimits = { most: 10_000, bytes: 64 * 1024 * 1024, keep: 600_000 };

/** Results of messages whose callers were told to come back for them. Beyond a bound the oldest go first. */
export class Results {
  readonly #limits: ResultLimits;
  /** Those that are still to come: none of them is forgotten, for they hold nothing yet. */
  readonly #running = new Set<string>();
  /** Those that came, in the order of their coming, which is the order of forgetting. */
  readonly #kept = new Map<string, Result>();
  #bytes = 0;
  /** Set for the oldest. */
  #timer: NodeJS.Timeout | undefined;

  constructor(limits: ResultLimits = LIMITS) {
    this.#limits = limits;
  }

  /** Opens a place for the result of `id`. */
  open(id: string): Caller {
    this.#running.add(id);
    return { respond: (reply) => this.#keep(id, reply) };
  }

  /** What a caller gets who asks for the result of `id`; `requestId` is that of the asking. */
  fetch(id: string, requestId: string): Reply {
    if (this.#running.has(id)) return runningReply(id);
    const reply = this.#kept.get(id)?.reply;
    return reply ?? problem("result-unknown", "expected the id of a result that is kept, got another", requestId);
  }

  /** Forgets them all. */
  close(): void {
    clearTimeout(this.#timer);
    this.#running.clear();
    this.#kept.clear();
    this.#bytes = 0;
  }

  #keep(id: string, reply: Reply): void {
    if (!this.#running.delete(id)) return;
    const kept = { ...reply, body: ownBytes(reply.body) };
    const size = sizeOf(kept);
    this.#kept.set(id, { reply: kept, size, until: performance.now() + this.#limits.keep });
    this.#bytes += size;
    this.#trim();
  }

  #trim(): void {
    const now = performance.now();
    for (const [id, { size, until }] of this.#kept) {
      const tooMany = this.#kept.size > this.#limits.most;
      const tooLarge = this.#bytes > this.#limits.bytes && this.#kept.size > 1;
      if (!tooMany && !tooLarge && until > now) {
        // A result that nobody can fetch any more is no reason for a program to stay.
        this.#timer ??= setTimeout(this.#onTimer, Math.ceil(until - now)).unref();
        return;
      }
      this.#kept.delete(id);
      this.#bytes -= size;
    }
  }

  readonly #onTimer = (): void => {
    this.#timer = undefined;
    this.#trim();
  };
}

interface Result {
  readonly reply: Reply;
  readonly size: number;
  readonly until: number;
}

/** A copy in memory of its own: a posted body may be a small piece of a large block, which would be kept with it. */
function ownBytes(body: Reply["body"]): Reply["body"] {
  if (typeof body === "string") return body;
  const own = Buffer.alloc(body.length);
  body.copy(own);
  return own;
}

function sizeOf({ body, headers }: Reply): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length, Buffer.byteLength(body));
}

/** The reply to a caller whose message was accepted. */
export function acceptedReply(id: string): Reply {
  return state(id, "accepted", []);
}

function runningReply(id: string): Reply {
  return state(id, "running", [["retry-after", "1"]]);
}

function state(id: string, word: string, more: Reply["headers"]): Reply {
  const location = `${RESULTS_PATH}${id}`;
  const body = JSON.stringify({ state: word, request_id: id, location });
  return { status: 202, contentType: "application/json", headers: [["location", location], ...more], body };
}

import { problem } from "../core/problem.ts";
import type { Caller, Reply } from "../core/reply.ts";

/** Where results are fetched: followed by the request id. */
export const RESULTS_PATH = "/urocket/results/";

/** Bounds of what is kept for those who fetch later. */
export interface ResultLimits {
  /** Results, those still to come included. */
  readonly most: number;
  /** Bytes of all bodies. */
  readonly bytes: number;
  /** How long one is kept after it came, in milliseconds. */
  readonly keep: number;
}

const LIMITS: ResultLimits = { most: 10_000, bytes: 64 * 1024 * 1024, keep: 600_000 };

/** Results of messages whose callers were told to come back for them. Beyond a bound the oldest go first. */
export class Results {
  readonly #limits: ResultLimits;
  /** In the order of acceptance, which is the order of forgetting. */
  readonly #kept = new Map<string, Result>();
  #bytes = 0;

  constructor(limits: ResultLimits = LIMITS) {
    this.#limits = limits;
  }

  /** Opens a place for the result of `id`. */
  open(id: string): Caller {
    const result: Result = { reply: undefined, size: 0, until: Number.POSITIVE_INFINITY };
    this.#kept.set(id, result);
    this.#trim();
    return { respond: (reply) => this.#keep(id, result, reply) };
  }

  /** What a caller gets who asks for the result of `id`; `requestId` is that of the asking. */
  fetch(id: string, requestId: string): Reply {
    const result = this.#kept.get(id);
    if (result === undefined || performance.now() > result.until) {
      return problem("result-unknown", "expected the id of a result that is kept, got another", requestId);
    }
    return result.reply ?? running(id);
  }

  #keep(id: string, result: Result, reply: Reply): void {
    if (this.#kept.get(id) !== result) return;
    result.reply = reply;
    result.size = Buffer.byteLength(reply.body);
    result.until = performance.now() + this.#limits.keep;
    this.#bytes += result.size;
    this.#trim();
  }

  #trim(): void {
    const now = performance.now();
    for (const [id, { size, until }] of this.#kept) {
      const tooMuch = this.#kept.size > this.#limits.most || this.#bytes > this.#limits.bytes;
      if (!tooMuch && until >= now) return;
      this.#kept.delete(id);
      this.#bytes -= size;
    }
  }
}

interface Result {
  reply: Reply | undefined;
  size: number;
  until: number;
}

/**
 * Stands between a message and its caller until it is sure that the message runs or waits: what fails before that, the
 * caller is told at once; what comes later is the result.
 */
export class AcceptedCaller implements Caller {
  readonly #caller: Caller;
  readonly #results: Results;
  #later: Caller | undefined;
  #answered = false;

  constructor(caller: Caller, results: Results) {
    this.#caller = caller;
    this.#results = results;
  }

  respond(reply: Reply): void {
    this.#answered = true;
    (this.#later ?? this.#caller).respond(reply);
  }

  /** Tells the caller that its message was accepted, unless it was told otherwise. */
  accept(id: string): void {
    if (this.#answered) return;
    this.#later = this.#results.open(id);
    this.#caller.respond({ ...state(id, "accepted"), status: 202 });
  }
}

function running(id: string): Reply {
  const reply = state(id, "running");
  return { ...reply, status: 202, headers: [...reply.headers, ["retry-after", "1"]] };
}

function state(id: string, word: string): Reply {
  const location = `${RESULTS_PATH}${id}`;
  const body = JSON.stringify({ state: word, request_id: id, location });
  return { status: 200, contentType: "application/json", headers: [["location", location]], body };
}

import type { ErrorCode } from "../core/errors.ts";
import { reportFault } from "../core/events.ts";
import type { Message } from "../core/message.ts";
import type { Caller, Reply } from "../core/reply.ts";
import type { ExitRecord, ProcessHandle, ProcessObserver, ProcessStarter } from "../process/types.ts";
import { type Failure, failureOfError, failureReply, INTERNAL_ERROR, SHUTTING_DOWN } from "../replies/failure.ts";
import type { Verdict } from "../replies/index.ts";
import { withLiveStats, withStats } from "../replies/stats.ts";
import type { Admission, Candidate, Lane } from "./admission.ts";
import type { Ending } from "./endings.ts";
import type { Expiring, Expiry } from "./expiry.ts";
import type { PendingTable } from "./pending.ts";
import { publishEnd, publishExit } from "./publish.ts";
import { queueFull, queueTimeout } from "./queue-failure.ts";
import type { Route } from "./route.ts";

/** What all messages in flight share. */
export interface Desk {
  readonly starter: ProcessStarter;
  readonly pending: PendingTable<InFlight>;
  readonly expiry: Expiry;
  readonly admission: Admission;
  /** How long a message may wait for its slot, in milliseconds; changes with a reload. */
  queueTimeout: number;
  /** Request id → message whose answer came and waits for the figures of its process. */
  readonly held: Map<string, InFlight>;
  /** The message has ended, and its process too. */
  leave(message: InFlight): void;
}

/**
 * One message on its way, from the look-up of its route to the end of its process. It ends exactly once: the first
 * of the answer, the exit record, the deadlines, the caller's leaving and the shutdown wins, the others find it ended.
 *
 * One object of fixed shape per message and no closure: it observes its own process and its own deadline
 * (bench: whole path).
 */
export class InFlight implements ProcessObserver, Expiring, Candidate {
  expiresAt = 0;
  heapIndex = -1;
  lane: Lane | undefined;
  previous: Candidate | undefined;
  next: Candidate | undefined;
  readonly #message: Message;
  readonly #caller: Caller;
  readonly #route: Route;
  readonly #ownLane: Lane;
  readonly #desk: Desk;
  #handle: ProcessHandle | undefined;
  #timeout = 0;
  #record: ExitRecord | undefined;
  /** Somebody waits for the reply. */
  #waiting = true;
  /** The exit record is still to come. */
  #running = false;
  /** When it got its slot; 0 before. */
  #admittedAt = 0;
  /** An answer that waits for the figures of its process. */
  #held: Reply | undefined;

  constructor(message: Message, caller: Caller, route: Route, lane: Lane, desk: Desk) {
    this.#message = message;
    this.#caller = caller;
    this.#route = route;
    this.#ownLane = lane;
    this.#desk = desk;
  }

  /** Asks for a slot: the process is started at once, later, or never. */
  enter(): void {
    const { admission, expiry, queueTimeout } = this.#desk;
    if (!admission.enter(this, this.#ownLane)) this.fail(queueFull(admission));
    else if (this.lane !== undefined) expiry.add(this, this.#message.receivedAt + queueTimeout);
  }

  /** Starts the process for the message. Whatever goes wrong ends the message and gives the slot back. */
  admit(): void {
    this.#desk.expiry.remove(this);
    this.#admittedAt = performance.now();
    try {
      const spec = this.#route.channel(this.#message);
      this.#timeout = spec.timeout ?? 0;
      this.#handle = this.#desk.starter.start(spec, this);
      this.#running = true;
    } catch (error) {
      const failure = failureOfError(error);
      if (failure === undefined) reportFault(error, this.#message.id);
      this.fail(failure ?? INTERNAL_ERROR);
      this.#desk.admission.release(this.#ownLane);
    }
  }

  /**
   * The answer came; the process may go on until its own end or its deadline. Returns why it can't be used, if it can't:
   * then the caller is told.
   */
  answer(reply: Reply): Failure | undefined {
    const failure = this.#route.validateReply?.(reply);
    if (failure === undefined) this.#end("answered", "answered", reply);
    else this.fail(failure);
    return failure;
  }

  /** There will be no answer. */
  fail(failure: Failure): void {
    if (!this.#waiting) return;
    this.#end(endingOf(failure.code), failure.code, failureReply(failure, this.#message.id));
  }

  /** The caller hung up. One that was told to come back later, or whose process has answered, ends nothing by that. */
  abandon(): void {
    if (this.#route.accepted === true) return;
    if (this.#held !== undefined) {
      this.#release();
      this.#finish("caller-left", undefined);
      return;
    }
    if (this.#route.onAbort === "kill") this.#handle?.kill("caller left");
    this.#end("caller-left", "caller-left", undefined);
  }

  /** No more time: the caller is told, and what still runs is ended. */
  shutDown(): void {
    this.#handle?.kill("shutting down");
    if (this.#held === undefined) this.fail(SHUTTING_DOWN);
    else this.#letGo(this.#held);
  }

  onDeadline(): void {
    const timeout = this.#timeout;
    const detail = `expected the process to answer within ${timeout} ms, got its deadline`;
    this.fail({ code: "process-timeout", detail, extras: { timeout_ms: timeout } });
  }

  onExit(record: ExitRecord): void {
    this.#running = false;
    this.#record = record;
    publishExit(this.#message, this.#route, record);
    if (this.#held !== undefined) this.#letGo(this.#held);
    else if (this.#waiting) this.#settle(record);
    else this.#desk.leave(this);
    // Last, for somebody else is started right here.
    this.#desk.admission.release(this.#ownLane);
  }

  onExpired(): void {
    if (this.lane !== undefined) {
      this.fail(queueTimeout(this.#desk.admission, this.#desk.queueTimeout));
      return;
    }
    if (this.#held !== undefined) {
      this.#letGo(this.#held);
      return;
    }
    this.#handle?.kill("reply timeout");
    const timeout = this.#route.replyTimeout;
    const detail = `expected an answer within ${timeout} ms, got none after the process ended with exit code 0`;
    this.fail({ code: "reply-timeout", detail, extras: { timeout_ms: timeout } });
  }

  /** The process ended and the caller still waits: an answer, a failure, or a wait for somebody else's answer. */
  #settle(record: ExitRecord): void {
    try {
      this.#obey(this.#route.reply(record));
    } catch (error) {
      // A rule or a validator of somebody else's must not cost the slot and leave the caller without a reply.
      reportFault(error, this.#message.id);
      this.fail(INTERNAL_ERROR);
    }
  }

  #obey(verdict: Verdict): void {
    if (verdict.kind === "wait") {
      this.#desk.expiry.add(this, this.#message.receivedAt + this.#route.replyTimeout);
      return;
    }
    // Whoever of the group was left to carry on the work has nobody to answer any more.
    this.#handle?.kill("leader ended");
    if (verdict.kind === "reply") this.answer(verdict.reply);
    else this.fail(verdict.failure);
  }

  #end(ending: Ending, how: string, reply: Reply | undefined): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#desk.pending.end(this.#message.id, ending);
    this.#desk.expiry.remove(this);
    this.#desk.admission.withdraw(this);
    // Without a process there is nothing to tell of one.
    if (reply === undefined || this.#route.stats !== true || this.#handle === undefined) {
      this.#finish(how, reply);
    } else if (this.#running && ending === "answered") {
      this.#held = reply;
      this.#desk.held.set(this.#message.id, this);
      this.#desk.expiry.add(this, performance.now() + STATS_PATIENCE);
    } else {
      this.#finish(how, this.#withFigures(reply));
    }
  }

  #finish(how: string, reply: Reply | undefined): void {
    if (reply !== undefined) this.#respond(reply);
    publishEnd(this.#message, this.#route, how, reply?.status ?? 0, this.#record);
    if (!this.#running) this.#desk.leave(this);
  }

  /** The exit record is there, or has been waited for long enough. */
  #letGo(held: Reply): void {
    this.#release();
    this.#finish("answered", this.#withFigures(held));
  }

  #release(): void {
    this.#held = undefined;
    this.#desk.held.delete(this.#message.id);
    this.#desk.expiry.remove(this);
  }

  #withFigures(reply: Reply): Reply {
    const queue = this.#admittedAt - this.#message.receivedAt;
    if (this.#record !== undefined) return withStats(reply, this.#record, queue);
    return withLiveStats(reply, this.#handle?.snapshot?.(), queue, performance.now() - this.#admittedAt);
  }

  /** A caller that throws must not take the other messages of the same batch with it. */
  #respond(reply: Reply): void {
    try {
      this.#caller.respond(reply);
    } catch (error) {
      reportFault(error, this.#message.id);
    }
  }
}

/** How long an answer waits for the exit record of its process, in milliseconds. */
const STATS_PATIENCE = 250;

function endingOf(code: ErrorCode): Ending {
  if (code === "process-timeout" || code === "reply-timeout") return "timed-out";
  return code === "shutting-down" ? "shut-down" : "failed";
}

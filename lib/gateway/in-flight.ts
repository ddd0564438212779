import type { ErrorCode } from "../core/errors.ts";
import { events, type MessageEnded, type ProcessExited, reportFault } from "../core/events.ts";
import type { Message } from "../core/message.ts";
import type { Caller, Reply } from "../core/reply.ts";
import type { ExitRecord, ProcessHandle, ProcessObserver, ProcessStarter } from "../process/types.ts";
import { type Failure, failureOfError, failureReply, INTERNAL_ERROR, SHUTTING_DOWN } from "../replies/failure.ts";
import { endWithoutPost } from "../replies/socket.ts";
import type { Admission, Candidate, Lane } from "./admission.ts";
import type { Ending } from "./endings.ts";
import type { Expiring, Expiry } from "./expiry.ts";
import type { PendingTable } from "./pending.ts";
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

  /** The answer came; the process may go on until its own end or its deadline. */
  answer(reply: Reply): void {
    this.#end("answered", "answered", reply);
  }

  /** There will be no answer. */
  fail(failure: Failure): void {
    if (!this.#waiting) return;
    this.#end(endingOf(failure.code), failure.code, failureReply(failure, this.#message.id));
  }

  /** The caller hung up. */
  abandon(): void {
    if (this.#route.onAbort === "kill") this.#handle?.kill("caller left");
    this.#end("caller-left", "caller-left", undefined);
  }

  /** No more time: the caller is told, and what still runs is ended. */
  shutDown(): void {
    this.#handle?.kill("shutting down");
    this.fail(SHUTTING_DOWN);
  }

  onDeadline(): void {
    const timeout = this.#timeout;
    const detail = `expected the process to answer within ${timeout} ms, got its deadline`;
    this.fail({ code: "process-timeout", detail, extras: { timeout_ms: timeout } });
  }

  onExit(record: ExitRecord): void {
    this.#running = false;
    this.#record = record;
    this.#publishExit(record);
    this.#desk.admission.release(this.#ownLane);
    if (!this.#waiting) this.#desk.leave(this);
    else this.#settle(record);
  }

  onExpired(): void {
    if (this.lane !== undefined) {
      this.fail(queueTimeout(this.#desk.admission, this.#desk.queueTimeout));
      return;
    }
    this.#handle?.kill("reply timeout");
    const timeout = this.#route.replyTimeout;
    const detail = `expected an answer within ${timeout} ms, got none after the process ended with exit code 0`;
    this.fail({ code: "reply-timeout", detail, extras: { timeout_ms: timeout } });
  }

  /** The process ended and the caller still waits: a failure, or a wait for somebody else's answer. */
  #settle(record: ExitRecord): void {
    const failure = endWithoutPost(record, this.#route.onExit);
    if (failure === undefined) {
      this.#desk.expiry.add(this, this.#message.receivedAt + this.#route.replyTimeout);
      return;
    }
    // The leader failed: whoever of its group was left to carry on the work has nobody to answer any more.
    this.#handle?.kill("leader failed");
    this.fail(failure);
  }

  #end(ending: Ending, how: string, reply: Reply | undefined): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#desk.pending.end(this.#message.id, ending);
    this.#desk.expiry.remove(this);
    this.#desk.admission.withdraw(this);
    if (reply !== undefined) this.#respond(reply);
    this.#publishEnd(how, reply?.status ?? 0);
    if (!this.#running) this.#desk.leave(this);
  }

  /** A caller that throws must not take the other messages of the same batch with it. */
  #respond(reply: Reply): void {
    try {
      this.#caller.respond(reply);
    } catch (error) {
      reportFault(error, this.#message.id);
    }
  }

  #publishEnd(how: string, status: number): void {
    if (!events.ended.hasSubscribers) return;
    const { id: requestId, verb, path, receivedAt } = this.#message;
    const elapsed = performance.now() - receivedAt;
    const ended = { requestId, route: this.#route.path, verb, path, status, how, elapsed, record: this.#record };
    events.ended.publish(ended satisfies MessageEnded<ExitRecord>);
  }

  #publishExit(record: ExitRecord): void {
    if (!events.exited.hasSubscribers) return;
    const { path: route, verb, logStdout: logOutput } = this.#route;
    const exited = { requestId: this.#message.id, route, verb, record, logOutput };
    events.exited.publish(exited satisfies ProcessExited<ExitRecord>);
  }
}

function endingOf(code: ErrorCode): Ending {
  if (code === "process-timeout" || code === "reply-timeout") return "timed-out";
  return code === "shutting-down" ? "shut-down" : "failed";
}

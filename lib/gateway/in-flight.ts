import { events } from "../core/events.ts";
import type { Message } from "../core/message.ts";
import type { Caller, Reply } from "../core/reply.ts";
import type { ExitRecord, ProcessHandle, ProcessObserver } from "../process/types.ts";
import { type Failure, failureReply, SHUTTING_DOWN } from "../replies/failure.ts";
import type { Candidate, Lane } from "./admission.ts";
import { Course } from "./course.ts";
import { deliver } from "./deliver.ts";
import type { Desk } from "./desk.ts";
import { type Ending, endingOf } from "./endings.ts";
import type { Expiring } from "./expiry.ts";
import { explained } from "./explained.ts";
import { FIGURES_PATIENCE, withFigures } from "./figures.ts";
import { publishExit, publishQueued, publishStarted } from "./publish.ts";
import { queueFull, queueTimeout } from "./queue-failure.ts";
import type { Route } from "./route.ts";
import { processTimeout, replyTimeout } from "./time-failure.ts";
import { admitTraced } from "./trace-context.ts";

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
  readonly #desk: Desk<InFlight>;
  #handle: ProcessHandle | undefined;
  #timeout = 0;
  #record: ExitRecord | undefined;
  /** Somebody waits for the reply. */
  #waiting = true;
  /** The exit record is still to come. */
  #running = false;
  readonly #course: Course;
  /** An answer that waits for the figures of its process. */
  #held: Reply | undefined;

  constructor(message: Message, caller: Caller, route: Route, lane: Lane, desk: Desk<InFlight>) {
    this.#message = message;
    this.#caller = caller;
    this.#route = route;
    this.#ownLane = lane;
    this.#desk = desk;
    this.#course = new Course(message, caller);
  }

  /** Asks for a slot: the process is started at once, later, or never. */
  enter(): void {
    const { admission, expiry, queueTimeout } = this.#desk;
    if (!admission.enter(this, this.#ownLane)) this.fail(queueFull(admission));
    else if (this.lane !== undefined) {
      publishQueued(this.#message, this.#route);
      expiry.add(this, this.#message.receivedAt + queueTimeout);
    }
  }

  /** Starts the process for the message. Whatever goes wrong ends the message and gives the slot back. */
  admit(): void {
    this.#desk.expiry.remove(this);
    this.#course.admittedAt = performance.now();
    try {
      const spec = admitTraced(this.#route.channel(this.#message), this.#message, this.#route, this.#course.admittedAt);
      this.#timeout = spec.timeout ?? 0;
      this.#handle = this.#desk.starter.start(spec, this);
      this.#running = true;
    } catch (error) {
      this.fail(explained(error, this.#message.id));
      this.#desk.admission.release(this.#ownLane);
    }
  }

  /**
   * The answer came; the process may go on until its own end or its deadline. Returns why it can't be used, if it can't:
   * then the caller is told.
   */
  answer(reply: Reply): Failure | undefined {
    this.#course.posted = true;
    return this.#take(reply);
  }

  #take(reply: Reply): Failure | undefined {
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

  /** Asked for by the supervisor only where somebody listens, for each of them costs an event more. */
  get onStarted(): ((pid: number) => void) | undefined {
    return events.started.hasSubscribers ? this.#onStarted : undefined;
  }

  #onStarted(pid: number): void {
    publishStarted(this.#message, this.#route, pid);
  }

  onDeadline(): void {
    this.fail(processTimeout(this.#timeout));
  }

  onExit(record: ExitRecord): void {
    this.#running = false;
    this.#record = record;
    publishExit(this.#message, this.#route, record);
    if (this.#held !== undefined) this.#letGo(this.#held);
    else if (this.#waiting) this.#settle(record);
    else this.#leave();
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
    this.fail(replyTimeout(this.#route.replyTimeout));
  }

  /** The process ended and the caller still waits: an answer, a failure, or a wait for somebody else's answer. */
  #settle(record: ExitRecord): void {
    try {
      const verdict = this.#route.reply(record);
      if (verdict.kind === "wait") {
        this.#desk.expiry.add(this, this.#message.receivedAt + this.#route.replyTimeout);
        return;
      }
      // Whoever of the group was left to carry on the work has nobody to answer any more.
      this.#handle?.kill("leader ended");
      if (verdict.kind === "reply") this.#take(verdict.reply);
      else this.fail(verdict.failure);
    } catch (error) {
      // A rule or a validator of somebody else's must not cost the slot and leave the caller without a reply.
      this.fail(explained(error, this.#message.id));
    }
  }

  #end(ending: Ending, how: string, reply: Reply | undefined): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#course.answeredAt = performance.now();
    this.#desk.pending.end(this.#message.id, ending);
    this.#desk.expiry.remove(this);
    this.#desk.admission.withdraw(this);
    // Without a process there is nothing to tell of one.
    if (reply === undefined || this.#route.stats !== true || this.#handle === undefined) {
      this.#finish(how, reply);
    } else if (this.#running && ending === "answered") {
      this.#held = reply;
      this.#desk.held.set(this.#message.id, this);
      this.#desk.expiry.add(this, performance.now() + FIGURES_PATIENCE);
    } else {
      this.#finish(how, this.#withFigures(reply));
    }
  }

  #finish(how: string, reply: Reply | undefined): void {
    if (reply !== undefined) deliver(this.#caller, reply, this.#message.id);
    this.#course.ended(this.#message, this.#route, { how, reply, record: this.#record });
    if (!this.#running) this.#leave();
  }

  #leave(): void {
    this.#course.over(this.#record);
    this.#desk.leave(this);
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
    const { receivedAt } = this.#message;
    return withFigures(reply, {
      receivedAt,
      admittedAt: this.#course.admittedAt,
      record: this.#record,
      handle: this.#handle,
    });
  }
}

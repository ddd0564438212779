import { events } from "../core/events.ts";
import type { Reply } from "../core/reply.ts";
import type { ExitRecord, ProcessObserver } from "../process/types.ts";
import { type Failure, failureReply, SHUTTING_DOWN } from "../replies/failure.ts";
import type { Candidate, Lane } from "./admission.ts";
import type { Course } from "./course.ts";
import type { Desk } from "./desk.ts";
import { type Ending, endingOf } from "./endings.ts";
import type { Expiring } from "./expiry.ts";
import { explained } from "./explained.ts";
import { FIGURES_PATIENCE } from "./figures.ts";
import type { Member } from "./live.ts";
import { queueFull, queueTimeout } from "./queue-failure.ts";
import { processTimeout, replyTimeout } from "./time-failure.ts";

/**
 * One message on its way, from the look-up of its route to the end of its process. It ends exactly once: the first
 * of the answer, the exit record, the deadlines, the caller's leaving and the shutdown wins, the others find it ended.
 *
 * One object of fixed shape per message and no closure: it observes its own process and its own deadline
 * (bench: whole path).
 */
export class InFlight implements ProcessObserver, Expiring, Candidate, Member {
  expiresAt = 0;
  heapIndex = -1;
  liveIndex = -1;
  lane: Lane | undefined;
  previous: Candidate | undefined;
  next: Candidate | undefined;
  readonly #course: Course;
  readonly #ownLane: Lane;
  readonly #desk: Desk<InFlight>;
  /** Somebody waits for the reply. */
  #waiting = true;
  /** The exit record is still to come. */
  #running = false;
  /** An answer that waits for the figures of its process. */
  #held: Reply | undefined;

  constructor(course: Course, lane: Lane, desk: Desk<InFlight>) {
    this.#course = course;
    this.#ownLane = lane;
    this.#desk = desk;
  }

  /** Asks for a slot: the process is started at once, later, or never. */
  enter(): void {
    const { admission, expiry, queueTimeout } = this.#desk;
    if (!admission.enter(this, this.#ownLane)) this.fail(queueFull(admission));
    else if (this.lane !== undefined) {
      this.#course.queued();
      expiry.add(this, this.#course.message.receivedAt + queueTimeout);
    }
  }

  /** Starts the process for the message. Whatever goes wrong ends the message and gives the slot back. */
  admit(): void {
    this.#desk.expiry.remove(this);
    try {
      this.#course.handle = this.#desk.starter.start(this.#course.admit(), this);
      this.#running = true;
    } catch (error) {
      this.fail(explained(error, this.#course.message.id));
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
    const failure = this.#course.route.validateReply?.(reply);
    if (failure === undefined) this.#end("answered", "answered", reply);
    else this.fail(failure);
    return failure;
  }

  /** There will be no answer. */
  fail(failure: Failure): void {
    if (!this.#waiting) return;
    this.#end(endingOf(failure.code), failure.code, failureReply(failure, this.#course.message.id));
  }

  /** The caller hung up. One that was told to come back later, or whose process has answered, ends nothing by that. */
  abandon(): void {
    if (this.#course.route.accepted === true) return;
    if (this.#held !== undefined) {
      this.#release("caller-left", undefined);
      return;
    }
    if (this.#course.route.onAbort === "kill") this.#course.handle?.kill("caller left");
    this.#end("caller-left", "caller-left", undefined);
  }

  /** No more time: the caller is told, and what still runs is ended. */
  shutDown(): void {
    this.#course.handle?.kill("shutting down");
    if (this.#held === undefined) this.fail(SHUTTING_DOWN);
    else this.#letGo(this.#held);
  }

  /** Asked for by the supervisor only where somebody listens, for each of them costs an event more. */
  get onStarted(): ((pid: number) => void) | undefined {
    return events.started.hasSubscribers ? this.#onStarted : undefined;
  }

  #onStarted(pid: number): void {
    this.#course.started(pid);
  }

  onDeadline(): void {
    this.fail(processTimeout(this.#course.timeout));
  }

  onExit(record: ExitRecord): void {
    this.#running = false;
    this.#course.exited(record);
    if (this.#held !== undefined) this.#letGo(this.#held);
    else if (this.#waiting) this.#settle(record);
    else this.#leave();
    // Last, for somebody else is started right here.
    this.#desk.admission.release(this.#ownLane);
  }

  onExpired(): void {
    if (this.lane !== undefined) this.fail(queueTimeout(this.#desk.admission, this.#desk.queueTimeout));
    else if (this.#held !== undefined) this.#letGo(this.#held);
    else {
      this.#course.handle?.kill("reply timeout");
      this.fail(replyTimeout(this.#course.route.replyTimeout));
    }
  }

  /** The process ended and the caller still waits: an answer, a failure, or a wait for somebody else's answer. */
  #settle(record: ExitRecord): void {
    try {
      const verdict = this.#course.route.reply(record);
      if (verdict.kind === "wait") {
        this.#desk.expiry.add(this, this.#course.message.receivedAt + this.#course.route.replyTimeout);
        return;
      }
      // Whoever of the group was left to carry on the work has nobody to answer any more.
      this.#course.handle?.kill("leader ended");
      if (verdict.kind === "reply") this.#take(verdict.reply);
      else this.fail(verdict.failure);
    } catch (error) {
      // A rule or a validator of somebody else's must not cost the slot and leave the caller without a reply.
      this.fail(explained(error, this.#course.message.id));
    }
  }

  #end(ending: Ending, how: string, reply: Reply | undefined): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#course.answeredAt = performance.now();
    this.#desk.pending.end(this.#course.message.id, ending);
    this.#desk.expiry.remove(this);
    this.#desk.admission.withdraw(this);
    // Without a process there is nothing to tell of one.
    if (reply === undefined || this.#course.route.stats !== true || this.#course.handle === undefined) {
      this.#finish(how, reply);
    } else if (this.#running && ending === "answered") {
      this.#held = reply;
      this.#desk.held.set(this.#course.message.id, this);
      this.#desk.expiry.add(this, performance.now() + FIGURES_PATIENCE);
    } else {
      this.#finish(how, this.#course.withFigures(reply));
    }
  }

  #finish(how: string, reply: Reply | undefined): void {
    this.#course.end(how, reply);
    if (!this.#running) this.#leave();
  }

  #leave(): void {
    this.#course.over();
    this.#desk.leave(this);
  }

  /** The exit record is there, or has been waited for long enough. */
  #letGo(held: Reply): void {
    this.#release("answered", this.#course.withFigures(held));
  }

  #release(how: string, reply: Reply | undefined): void {
    this.#held = undefined;
    this.#desk.held.delete(this.#course.message.id);
    this.#desk.expiry.remove(this);
    this.#finish(how, reply);
  }
}

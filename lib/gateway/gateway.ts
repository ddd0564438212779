import type { Message } from "../core/message.ts";
import { RESULTS_PATH } from "../core/path.ts";
import type { Caller, Reply } from "../core/reply.ts";
import { TransientMap } from "../core/transient-map.ts";
import { type Failure, SHUTTING_DOWN } from "../replies/failure.ts";
import { AcceptedCaller, detached } from "./accepted.ts";
import { Admission } from "./admission.ts";
import { refusalOf } from "./checks.ts";
import { Course } from "./course.ts";
import type { Desk } from "./desk.ts";
import { Expiry } from "./expiry.ts";
import { fetchResult } from "./fetch-result.ts";
import { InFlight } from "./in-flight.ts";
import { Lanes, type RouteFigures } from "./lanes.ts";
import { Live } from "./live.ts";
import { type GatewayLimits, type GatewayOptions, type Outcome, UNBOUNDED } from "./options.ts";
import { PendingTable } from "./pending.ts";
import { publishAccepted, publishStored } from "./publish.ts";
import { refuse } from "./refusal.ts";
import { Results } from "./results.ts";
import type { Route } from "./route.ts";
import { Router } from "./router.ts";
import { respondUnrouted } from "./unrouted.ts";

/**
 * Takes messages, runs a process for each and gives every caller exactly one reply.
 *
 * @example
 * const gateway = new Gateway({ routes, starter: new Supervisor() });
 * gateway.handle(message, { respond: (reply) => console.log(reply.status) });
 * await gateway.close({ grace: 5000 });
 */
export class Gateway {
  #router: Router;
  readonly #pending = new PendingTable<InFlight>();
  readonly #expiry = new Expiry();
  readonly #live = new Live();
  readonly #admission: Admission;
  readonly #lanes: Lanes;
  /** Made with the first route that accepts for later. */
  #results: Results | undefined;
  readonly #desk: Desk<InFlight>;
  #closed: Promise<void> | undefined;

  constructor({ routes, starter, limits = UNBOUNDED }: GatewayOptions) {
    this.#router = new Router(routes);
    this.#lanes = new Lanes(routes);
    this.#admission = new Admission(limits);
    this.#desk = {
      starter,
      pending: this.#pending,
      expiry: this.#expiry,
      admission: this.#admission,
      queueTimeout: limits.queueTimeout,
      held: new TransientMap(),
      leave: (message) => this.#live.leave(message),
    };
    this.#keepResults(routes);
  }

  /** How many processes run, or are being started. */
  get running(): number {
    return this.#admission.running;
  }

  /** How many messages wait for a slot. */
  get queued(): number {
    return this.#admission.waiting;
  }

  /** How many callers wait. */
  get size(): number {
    return this.#pending.size;
  }

  /** Whether it is closing, or closed. */
  get draining(): boolean {
    return this.#closed !== undefined;
  }

  /** Whether the next message would be turned away, for want of a slot and of a place in line. */
  get saturated(): boolean {
    return this.#admission.saturated;
  }

  /** What runs and waits now, by route. */
  figures(): RouteFigures[] {
    return this.#lanes.figures();
  }

  /** Refuses a message on its head alone, if that is all it takes; false where its body is to be read. */
  refuseHead(message: Message, caller: Caller): boolean {
    if (!this.#router.guarded || this.#closed !== undefined || this.#isFetch(message)) return false;
    const match = this.#router.match(message.path, message.verb);
    if (match.kind !== "route" || match.route.authorizesHead !== true) return false;
    const failure = match.route.authorize?.(message);
    if (failure === undefined) return false;
    refuse(message, caller, failure, match.route.path);
    return true;
  }

  /** Takes a message; `caller.respond` is called once, now or later, unless the caller is reported as gone before. */
  handle(message: Message, caller: Caller): void {
    if (this.#closed !== undefined) {
      refuse(message, caller, SHUTTING_DOWN);
      return;
    }
    if (this.#results !== undefined && this.#isFetch(message)) {
      fetchResult(message, caller, this.#results);
      return;
    }
    const match = this.#router.match(message.path, message.verb);
    if (match.kind === "route") {
      message.params = match.params;
      this.#enter(message, caller, match.route);
    } else respondUnrouted(message, caller, match);
  }

  /** Puts other routes in force for the messages that come from now on; those on their way end under what they found. */
  use(routes: readonly Route[], limits: GatewayLimits = UNBOUNDED): void {
    this.#router = new Router(routes);
    this.#keepResults(routes);
    this.#lanes.use(routes);
    this.#desk.queueTimeout = limits.queueTimeout;
    this.#admission.limit(limits);
  }

  /** Gives the waiting caller its answer. */
  answer(id: string, reply: Reply): Outcome {
    const message = this.#pending.get(id);
    if (message === undefined) return this.#missing(id);
    return message.answer(reply) ?? "ok";
  }

  /** Tells the waiting caller that the posted answer can't be used. */
  refuseAnswer(id: string, failure: Failure): Outcome {
    const message = this.#pending.get(id);
    if (message === undefined) return this.#missing(id);
    message.fail(failure);
    return "ok";
  }

  /** The caller hung up. Nothing happens when the message has ended already. */
  abandon(id: string): void {
    (this.#pending.get(id) ?? this.#desk.held.get(id))?.abandon();
  }

  /**
   * Refuses what comes from now on, lets what runs go on for at most `grace` milliseconds, then answers 503 to the rest
   * and kills it. Resolves when every message has its reply and every process its exit record.
   */
  close({ grace = 0 }: { readonly grace?: number } = {}): Promise<void> {
    this.#closed ??= this.#drain(grace);
    return this.#closed;
  }

  /** Whoever knows the id of a result may have it. */
  #isFetch({ path }: Message): boolean {
    return this.#results !== undefined && path.startsWith(RESULTS_PATH);
  }

  #enter(message: Message, caller: Caller, route: Route): void {
    const failure = refusalOf(message, route);
    if (failure !== undefined) refuse(message, caller, failure, route.path);
    else if (route.accepted === true && this.#results !== undefined)
      this.#accept(message, caller, route, this.#results);
    else this.#run(message, caller, route);
  }

  #accept(message: Message, caller: Caller, route: Route, results: Results): void {
    const accepted = new AcceptedCaller(caller, results);
    const bytesIn = message.body.length;
    this.#run(detached(message), accepted, route);
    const reply = accepted.accept(message.id);
    if (reply !== undefined) publishAccepted(message, route, reply, bytesIn);
  }

  /** Once made they stay, for those who come back after a reload. */
  #keepResults(routes: readonly Route[]): void {
    if (routes.some(({ accepted }) => accepted === true)) this.#results ??= new Results();
  }

  #run(message: Message, caller: Caller, route: Route): void {
    const inFlight = new InFlight(new Course(message, caller, route), this.#lanes.of(route), this.#desk);
    this.#pending.add(message.id, inFlight);
    this.#live.add(inFlight);
    publishStored(message, route);
    inFlight.enter();
  }

  #missing(id: string): Outcome {
    return this.#pending.recall(id) ?? "unknown";
  }

  async #drain(grace: number): Promise<void> {
    await this.#live.drain(grace);
    this.#expiry.close();
    this.#results?.close();
  }
}

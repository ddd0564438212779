import { events, type MessageStored } from "../core/events.ts";
import type { Message } from "../core/message.ts";
import type { Caller, Reply } from "../core/reply.ts";
import type { ProcessStarter } from "../process/types.ts";
import { type Failure, SHUTTING_DOWN } from "../replies/failure.ts";
import { AcceptedCaller, detached } from "./accepted.ts";
import { Admission, type AdmissionLimits } from "./admission.ts";
import type { Ending } from "./endings.ts";
import { Expiry } from "./expiry.ts";
import { type Desk, InFlight } from "./in-flight.ts";
import { Lanes } from "./lanes.ts";
import { PendingTable } from "./pending.ts";
import { optionsReply, refuse, respond, unknownPath, wrongVerb } from "./refusal.ts";
import { RESULTS_PATH, Results } from "./results.ts";
import type { Route } from "./route.ts";
import { Router } from "./router.ts";

export interface GatewayOptions {
  readonly routes: readonly Route[];
  readonly starter: ProcessStarter;
  /** Unbounded when absent. */
  readonly limits?: GatewayLimits | undefined;
}

/** Bounds of all routes together. */
export interface GatewayLimits extends AdmissionLimits {
  /** How long a message may wait for its slot, in milliseconds. */
  readonly queueTimeout: number;
}

const UNBOUNDED: GatewayLimits = {
  processes: Number.POSITIVE_INFINITY,
  queue: Number.POSITIVE_INFINITY,
  queueTimeout: Number.POSITIVE_INFINITY,
};

/** What became of an answer: `ok`, or why nobody was released, or what the caller was told instead of it. */
export type Outcome = "ok" | "unknown" | Ending | Failure;

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
  /** Messages whose caller waits or whose process runs. */
  readonly #live = new Set<InFlight>();
  readonly #admission: Admission;
  readonly #lanes: Lanes;
  /** Made with the first route that accepts for later. */
  #results: Results | undefined;
  readonly #desk: Desk;
  #closed: Promise<void> | undefined;
  #onEmpty: (() => void) | undefined;

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
      held: new Map(),
      leave: (message) => this.#leave(message),
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

  /** Takes a message; `caller.respond` is called once, now or later, unless the caller is reported as gone before. */
  handle(message: Message, caller: Caller): void {
    if (this.#closed !== undefined) {
      refuse(message, caller, SHUTTING_DOWN);
      return;
    }
    if (this.#results !== undefined && message.path.startsWith(RESULTS_PATH)) {
      this.#fetch(message, caller, this.#results);
      return;
    }
    const match = this.#router.match(message.path, message.verb);
    if (match.kind === "route") {
      message.params = match.params;
      this.#enter(message, caller, match.route);
    } else if (match.kind === "options") respond(message, caller, "options", optionsReply(match.allow));
    else if (match.kind === "wrong-verb") refuse(message, caller, wrongVerb(message.verb, match.allow));
    else refuse(message, caller, unknownPath(message.path));
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

  #enter(message: Message, caller: Caller, route: Route): void {
    const failure = route.authorize?.(message) ?? route.validateRequest?.(message);
    if (failure !== undefined) refuse(message, caller, failure, route.path);
    else if (route.accepted === true && this.#results !== undefined)
      this.#accept(message, caller, route, this.#results);
    else this.#run(message, caller, route);
  }

  #accept(message: Message, caller: Caller, route: Route, results: Results): void {
    const accepted = new AcceptedCaller(caller, results);
    this.#run(detached(message), accepted, route);
    accepted.accept(message.id);
  }

  /** Once made they stay, for those who come back after a reload. */
  #keepResults(routes: readonly Route[]): void {
    if (routes.some(({ accepted }) => accepted === true)) this.#results ??= new Results();
  }

  #fetch(message: Message, caller: Caller, results: Results): void {
    if (message.verb !== "get" && message.verb !== "head") {
      refuse(message, caller, wrongVerb(message.verb, "GET, HEAD"));
      return;
    }
    const reply = results.fetch(message.path.slice(RESULTS_PATH.length), message.id);
    respond(message, caller, "result", reply);
  }

  #run(message: Message, caller: Caller, route: Route): void {
    const inFlight = new InFlight(message, caller, route, this.#lanes.of(route), this.#desk);
    this.#pending.add(message.id, inFlight);
    this.#live.add(inFlight);
    if (events.stored.hasSubscribers) {
      const stored: MessageStored = { requestId: message.id, route: route.path, verb: route.verb };
      events.stored.publish(stored);
    }
    inFlight.enter();
  }

  #missing(id: string): Outcome {
    return this.#pending.recall(id) ?? "unknown";
  }

  async #drain(grace: number): Promise<void> {
    if (this.#live.size > 0) {
      const empty = new Promise<void>((resolve) => {
        this.#onEmpty = resolve;
      });
      const timer = setTimeout(() => this.#endAll(), Math.min(grace, LONGEST_DELAY));
      await empty;
      clearTimeout(timer);
    }
    this.#expiry.close();
    this.#results?.close();
  }

  #endAll(): void {
    for (const message of [...this.#live]) message.shutDown();
  }

  #leave(message: InFlight): void {
    this.#live.delete(message);
    if (this.#live.size === 0) this.#onEmpty?.();
  }
}

/** Longest delay that setTimeout takes. */
const LONGEST_DELAY = 2 ** 31 - 1;

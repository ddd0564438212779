import type { Message } from "../core/message.ts";
import type { Caller, Reply } from "../core/reply.ts";
import { acceptedReply, type Results } from "./results.ts";

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

  /** Whether the caller was told to come back later. */
  get accepted(): boolean {
    return this.#later !== undefined;
  }

  respond(reply: Reply): void {
    this.#answered = true;
    (this.#later ?? this.#caller).respond(reply);
  }

  /** Tells the caller that its message was accepted, unless it was told otherwise; returns the reply that says so. */
  accept(id: string): Reply | undefined {
    if (this.#answered) return undefined;
    this.#later = this.#results.open(id);
    const reply = acceptedReply(id);
    this.#caller.respond(reply);
    return reply;
  }
}

/** A copy that outlives its call, which lets go of body and address with its reply: the message may still wait then. */
export function detached(message: Message): Message {
  const { id, path, verb, query, params, headers, body, receivedAt, remoteAddress } = message;
  return { id, path, verb, query, params, headers, body, receivedAt, remoteAddress };
}

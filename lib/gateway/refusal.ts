import type { Message } from "../core/message.ts";
import type { Caller, Reply } from "../core/reply.ts";
import { type Failure, failureReply } from "../replies/failure.ts";
import { publishRefused } from "./publish.ts";

/** Tells the caller of a message that found no route, or was not let in on `route`, why. */
export function refuse(message: Message, caller: Caller, failure: Failure, route?: string): void {
  respond(message, caller, failure.code, failureReply(failure, message.id), route);
}

/** Replies to a message for which nothing runs. */
export function respond(message: Message, caller: Caller, how: string, reply: Reply, route?: string): void {
  // Asked before the reply, with which the body goes.
  const bytesIn = message.body.length;
  caller.respond(reply);
  publishRefused(message, how, reply, bytesIn, route);
}

/** For a path that has other verbs. */
export function wrongVerb(verb: string, allow: string): Failure {
  const detail = `expected one of ${allow}, got ${verb.toUpperCase()}`;
  return { code: "method-not-allowed", detail, headers: [["allow", allow]] };
}

/** For a request of which a part is over its limit in bytes. */
export function tooLarge(part: "head" | "body", limit: number): Failure {
  const detail = `expected a ${part} of at most ${limit} bytes, got more`;
  return { code: `${part}-too-large`, detail, extras: { limit } };
}

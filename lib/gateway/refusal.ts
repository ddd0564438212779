import { events, type MessageEnded } from "../core/events.ts";
import type { Message } from "../core/message.ts";
import type { Caller, Reply } from "../core/reply.ts";
import { type Failure, failureReply } from "../replies/failure.ts";

/** Tells the caller of a message that found no route, or was not let in on `route`, why. */
export function refuse(message: Message, caller: Caller, failure: Failure, route?: string): void {
  respond(message, caller, failure.code, failureReply(failure, message.id), route);
}

/** Replies to a message for which nothing runs. */
export function respond(message: Message, caller: Caller, how: string, reply: Reply, route?: string): void {
  caller.respond(reply);
  if (!events.ended.hasSubscribers) return;
  const { id: requestId, verb, path, receivedAt } = message;
  const elapsed = performance.now() - receivedAt;
  const ended = { requestId, route, verb, path, status: reply.status, how, elapsed, record: undefined };
  events.ended.publish(ended satisfies MessageEnded);
}

/** The reply to OPTIONS, which needs no process. */
export function optionsReply(allow: string): Reply {
  return { status: 204, contentType: undefined, headers: [["allow", allow]], body: "" };
}

/** For a path that has other verbs. */
export function wrongVerb(verb: string, allow: string): Failure {
  const detail = `expected one of ${allow}, got ${verb.toUpperCase()}`;
  return { code: "method-not-allowed", detail, headers: [["allow", allow]] };
}

/** For a path that no route has. */
export function unknownPath(path: string): Failure {
  return { code: "route-not-found", detail: `expected a path of the configuration, got ${path}` };
}

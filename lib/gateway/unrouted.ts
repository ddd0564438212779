import type { Message } from "../core/message.ts";
import type { Caller, Reply } from "../core/reply.ts";
import type { Failure } from "../replies/failure.ts";
import { refuse, respond, wrongVerb } from "./refusal.ts";
import type { Match } from "./router.ts";

/** Replies to a message that found no route: to OPTIONS with what there is, to any other with what is wrong. */
export function respondUnrouted(message: Message, caller: Caller, match: Exclude<Match, { kind: "route" }>): void {
  if (match.kind === "options") respond(message, caller, "options", optionsReply(match.allow));
  else if (match.kind === "wrong-verb") refuse(message, caller, wrongVerb(message.verb, match.allow));
  else refuse(message, caller, unknownPath(message.path));
}

function optionsReply(allow: string): Reply {
  return { status: 204, contentType: undefined, headers: [["allow", allow]], body: "" };
}

function unknownPath(path: string): Failure {
  return { code: "route-not-found", detail: `expected a path of the configuration, got ${path}` };
}

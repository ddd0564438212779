import type { Message } from "../core/message.ts";
import type { Caller } from "../core/reply.ts";
import { refuse, respond, wrongVerb } from "./refusal.ts";
import { RESULTS_PATH, type Results } from "./results.ts";

/** Replies to a caller who comes for a result. */
export function fetchResult(message: Message, caller: Caller, results: Results): void {
  if (message.verb !== "get" && message.verb !== "head") {
    refuse(message, caller, wrongVerb(message.verb, "GET, HEAD"));
    return;
  }
  const reply = results.fetch(message.path.slice(RESULTS_PATH.length), message.id);
  respond(message, caller, "result", reply, `${RESULTS_PATH}*`);
}

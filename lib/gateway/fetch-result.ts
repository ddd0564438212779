import type { Message } from "../core/message.ts";
import { RESULTS_PATH } from "../core/path.ts";
import type { Caller } from "../core/reply.ts";
import { respond } from "./refusal.ts";
import type { Results } from "./results.ts";
import { respondUnrouted } from "./unrouted.ts";

/** Replies to a caller who comes for a result. */
export function fetchResult(message: Message, caller: Caller, results: Results): void {
  const { verb } = message;
  if (verb !== "get" && verb !== "head") {
    respondUnrouted(message, caller, { kind: verb === "options" ? "options" : "wrong-verb", allow: ALLOW });
    return;
  }
  const reply = results.fetch(message.path.slice(RESULTS_PATH.length), message.id);
  respond(message, caller, "result", reply, `${RESULTS_PATH}*`);
}

const ALLOW = "GET, HEAD, OPTIONS";

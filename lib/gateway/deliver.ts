import { reportFault } from "../core/events.ts";
import type { Caller, Reply } from "../core/reply.ts";

/** Gives a caller its reply. One that throws must not take the other messages of the same batch with it. */
export function deliver(caller: Caller, reply: Reply, requestId: string): void {
  try {
    caller.respond(reply);
  } catch (error) {
    reportFault(error, requestId);
  }
}

import type { Message } from "../core/message.ts";
import type { Failure } from "../replies/failure.ts";
import { explained } from "./explained.ts";
import type { Route } from "./route.ts";

/** Why a message is not let in on its route, if it is not. A check that throws is a fault, and the message ends by it. */
export function refusalOf(message: Message, route: Route): Failure | undefined {
  try {
    return route.authorize?.(message) ?? route.validateRequest?.(message);
  } catch (error) {
    return explained(error, message.id);
  }
}

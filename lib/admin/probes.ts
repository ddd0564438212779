import { type AdminHandler, jsonReply } from "./handler.ts";

/** What the probes look at. */
export interface Health {
  /** It ends: no new message is let in. */
  readonly draining: boolean;
  /** The next message would be turned away. */
  readonly saturated: boolean;
  /** Processes that run, and messages that wait for a slot. */
  readonly running: number;
  readonly queued: number;
}

/**
 * `/livez`: it answers, so it lives. `/readyz`: whether it is to be sent requests, 503 with a reason while it is not. Both
 * are open to all, for orchestrators have no token.
 */
export function probes(health: () => Health): AdminHandler[] {
  return [
    { method: "GET", path: "/livez", access: "open", handle: () => jsonReply(200, { status: "alive" }) },
    { method: "GET", path: "/readyz", access: "open", handle: () => readiness(health()) },
  ];
}

function readiness({ draining, saturated, running, queued }: Health) {
  if (draining) return jsonReply(503, { status: "draining", reason: "the gateway ends", running, queued });
  if (!saturated) return jsonReply(200, { status: "ready", running, queued });
  const reason = "every process slot is taken and the line is full";
  return jsonReply(503, { status: "saturated", reason, running, queued });
}

import { SERVICE_DEFAULTS } from "./defaults.ts";
import { COUNT, COUNT_ABOVE_0, DURATION, SIZE, SIZE_ABOVE_0 } from "./schema-kinds.ts";
import type { Schema } from "./schema-type.ts";

/** The bounds that hold for all routes together or for every message. */
export const LIMITS: Schema = {
  description: "Bounds of what runs, waits, is taken in and handed out.",
  type: "object",
  keys: "a key of `limits`",
  additionalProperties: false,
  properties: {
    processes: {
      description: "Processes that run at once, over all routes.",
      ...COUNT_ABOVE_0,
      otherwise: "16 for each CPU, less where memory or descriptors are short; `urocket check` shows the figure",
    },
    queue: {
      description: "Messages that wait for a process slot, over all routes; one more is answered 503.",
      ...COUNT,
      otherwise: "4 for each of `processes`",
    },
    queuetimeout: {
      description: "How long a message may wait there before it is answered 503.",
      ...DURATION,
      default: SERVICE_DEFAULTS.limits.queuetimeout,
    },
    body: {
      description: "Largest request body; a larger one is answered 413.",
      ...SIZE,
      default: SERVICE_DEFAULTS.limits.body,
    },
    headers: {
      description: "Largest head of a request, its first line and header fields; a larger one is answered 431.",
      ...SIZE_ABOVE_0,
      default: SERVICE_DEFAULTS.limits.headers,
    },
    reply: {
      description: "Largest answer of a process, posted or printed; with a larger one the caller gets 502.",
      ...SIZE,
      default: SERVICE_DEFAULTS.limits.reply,
    },
  },
};

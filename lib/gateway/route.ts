import type { Message, Verb } from "../core/message.ts";
import type { SpawnSpec } from "../process/types.ts";

/** Turns a message into the process to run for it. Throws UrocketError when the payload can't travel this way. */
export type Channel = (message: Message) => SpawnSpec;

/** What the gateway does with one message type. Times in milliseconds. */
export interface Route {
  /** Path key of the configuration, with its leading slash. */
  readonly path: string;
  readonly verb: Verb;
  readonly channel: Channel;
  /** How long a caller waits after its process ended with 0 without answering. */
  readonly replyTimeout: number;
  /** A process that ends with 0 without answering: keep waiting for somebody else's answer, or fail at once. */
  readonly onExit: "wait" | "error";
  /** A caller that hangs up: end the process, or let it run. */
  readonly onAbort: "kill" | "continue";
}

import type { Channel } from "../channels/channel.ts";
import type { Verb } from "../core/message.ts";
import type { Authorize } from "./auth/index.ts";

/** What the gateway does with one message type. Times in milliseconds. */
export interface Route {
  /** Path key of the configuration, with its leading slash. */
  readonly path: string;
  readonly verb: Verb;
  readonly channel: Channel;
  /** Whether the caller may pass: undefined, or what it is told. Asked before anything is done for the message. */
  readonly authorize?: Authorize | undefined;
  /** How many of its processes may run at once; undefined: as many as the gateway has slots. */
  readonly concurrency?: number | undefined;
  /** How long a caller waits after its process ended with 0 without answering. */
  readonly replyTimeout: number;
  /** A process that ends with 0 without answering: keep waiting for somebody else's answer, or fail at once. */
  readonly onExit: "wait" | "error";
  /** A caller that hangs up: end the process, or let it run. */
  readonly onAbort: "kill" | "continue";
  /** Whether what the process prints goes to the log. */
  readonly logStdout: boolean;
}

import type { Channel } from "../channels/channel.ts";
import type { LogLevel } from "../core/log-level.ts";
import type { Message, Verb } from "../core/message.ts";
import type { Reply } from "../core/reply.ts";
import type { Failure } from "../replies/failure.ts";
import type { ReplyRule } from "../replies/index.ts";
import type { Authorize } from "./auth/index.ts";

/** What the gateway does with one message type. Times in milliseconds. */
export interface Route {
  /** Path key of the configuration, with its leading slash. */
  readonly path: string;
  readonly verb: Verb;
  readonly channel: Channel;
  /** Whether the caller may pass: undefined, or what it is told. Asked before anything is done for the message. */
  readonly authorize?: Authorize | undefined;
  /** Whether `authorize` looks at the head alone, so that nobody's body is read who may not pass. */
  readonly authorizesHead?: boolean | undefined;
  /** Whether the message is as the API has it; may complete it. Undefined, or what the caller is told. */
  readonly validateRequest?: ((message: Message) => Failure | undefined) | undefined;
  /** Whether the answer is as the API has it: undefined, or what the caller is told instead. */
  readonly validateReply?: ((reply: Reply) => Failure | undefined) | undefined;
  /** How many of its processes may run at once; undefined: as many as the gateway has slots. */
  readonly concurrency?: number | undefined;
  /** How long a caller waits after its process ended with 0 without answering. */
  readonly replyTimeout: number;
  /** How the answer comes out of a process that ended before anybody posted one. */
  readonly reply: ReplyRule;
  /** The caller gets 202 at once and fetches the result later. */
  readonly accepted?: boolean | undefined;
  /** Replies carry figures of the process. */
  readonly stats?: boolean | undefined;
  /** A caller that hangs up: end the process, or let it run. */
  readonly onAbort: "kill" | "continue";
  /** Whether what the process prints goes to the log: always, never, or when the caller asks for it. */
  readonly logStdout: boolean | "on-request";
  /** The least severe level that is logged of its messages; undefined: that of the log. */
  readonly logLevel?: LogLevel | undefined;
}

import type { Message } from "../core/message.ts";
import type { OutputSink, SpawnSpec } from "../process/types.ts";

/** Turns a message into the process to run for it. Throws UrocketError when the payload can't travel this way. */
export type Channel = (message: Message) => SpawnSpec;

/** What a route says of its process, whatever the channel. Times in milliseconds. */
export interface ChannelOptions {
  /** The words of the command, placeholders not yet filled; at least one. */
  readonly cmd: readonly string[];
  /** `NAME=value` each, placeholders not yet filled in the values. */
  readonly env: readonly string[];
  /** Working directory. */
  readonly wd: string;
  /** Absolute path of the socket that the process answers on. */
  readonly socketPath: string;
  /** Bounds the process; 0 is no bound. */
  readonly timeout: number;
  /** From the first signal to SIGKILL. */
  readonly grace: number;
  /** How long the rest of the process group may go on after its leader; 0 when absent. */
  readonly linger?: number | undefined;
  readonly stdout?: OutputSink | undefined;
  readonly stderr?: OutputSink | undefined;
}

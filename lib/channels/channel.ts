import type { Message } from "../core/message.ts";
import type { SpawnSpec } from "../process/types.ts";

/** Turns a message into the process to run for it. Throws UrocketError when the payload can't travel this way. */
export type Channel = (message: Message) => SpawnSpec;

/** The ways of a payload into a process. */
export type ChannelName = "cmdline" | "stdin" | "env" | "file" | "cgi";

/** What the payload is written as. */
export type Encoding = "json" | "form" | "text" | "base64";

/** What a route says of its process, whatever the channel. */
export interface ChannelOptions {
  /** The words of the command, placeholders not yet filled; at least one. */
  readonly cmd: readonly string[];
  /** `NAME=value` each, placeholders not yet filled in the values. */
  readonly env: readonly string[];
  /** `NAME=value` each, constant and below `env`: braces in them are text. */
  readonly baseEnv?: readonly string[] | undefined;
  /** Absolute path of the socket that the process answers on. */
  readonly socketPath: string;
  /** `json` when absent. */
  readonly encoding?: Encoding | undefined;
  /** The payload is the JSON object of the query and path parameters, whatever the body is. */
  readonly urlParamMode?: boolean | undefined;
  readonly cgi?: CgiOptions | undefined;
  /** All that is the same for every message and every channel; goes into the spec unchanged. */
  readonly process: ProcessOptions;
}

/** Directory, bounds, outputs and identity of a process: the part of a spec that no message changes. */
export type ProcessOptions = Omit<SpawnSpec, "argv" | "file" | "env" | "stdin" | "fds" | "files" | "requestId">;

/** What only the channel `cgi` wants to know. */
export interface CgiOptions {
  /** Path key of the route: what is below a final `/*` is PATH_INFO. Without one the whole path is SCRIPT_NAME. */
  readonly path?: string | undefined;
  /** What PATH_INFO is translated below, for PATH_TRANSLATED; absolute. Neither is set without one. */
  readonly documentRoot?: string | undefined;
  /** Whether the process gets the caller's Authorization; only for routes whose callers prove nothing to the gateway. */
  readonly passAuthorization?: boolean | undefined;
  /** Further headers that the program never gets, names in lower case: those that hold secrets of ours. */
  readonly withheld?: readonly string[] | undefined;
  /** Whether callers come by TLS. */
  readonly secure?: boolean | undefined;
}

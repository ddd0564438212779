import type { ChannelName, Encoding, ReplyName } from "../config/index.ts";
import type { LogLevel } from "../core/log-level.ts";
import type { Verb } from "../core/message.ts";
import type { ProcessStarter, RlimitName } from "../process/index.ts";

/** Milliseconds, or text with a unit: `1500`, `"1500ms"`, `"2m"`. */
export type Duration = number | string;

/** Bytes, or text with a unit: `65536`, `"64KiB"`. */
export type Size = number | string;

/**
 * What a gateway of this program is made of: the settings of the configuration file, in camel case, with its rules, its
 * defaults and its messages. Relative paths start from the working directory.
 */
export interface LibraryOptions {
  /** At least one. */
  readonly routes: readonly RouteOptions[];
  /** What every route starts from. */
  readonly defaults?: RouteSettings | undefined;
  /** Starts the processes, and stays open when the gateway closes. One of the gateway's own when absent. */
  readonly supervisor?: ProcessStarter | undefined;
  /**
   * Where processes post their answers. When absent and a route needs one, a socket in a directory of the gateway's own,
   * which is removed when it closes.
   */
  readonly socketPath?: string | undefined;
  /** Permission bits as octal text. Default `"0600"`. */
  readonly socketMode?: string | undefined;
  readonly socketGroup?: string | number | undefined;
  /** Path of the OpenAPI document that `validateIn` and `validateOut` go by. */
  readonly openapi?: string | undefined;
  readonly limits?: LimitOptions | undefined;
  /** Variables of this program's environment that processes get: names, or `PREFIX_*`. None when absent. */
  readonly passEnv?: readonly string[] | undefined;
  /** Files of `NAME=value` lines that processes get. */
  readonly envFile?: string | readonly string[] | undefined;
  /** Told what is not as it should be and can be lived with; by default a warning of the runtime. */
  readonly warn?: ((message: string) => void) | undefined;
}

/** Bounds of all routes together; as in the configuration file. */
export interface LimitOptions {
  readonly processes?: number | undefined;
  readonly queue?: number | undefined;
  readonly queueTimeout?: Duration | undefined;
  readonly body?: Size | undefined;
  readonly reply?: Size | undefined;
}

/** One message type and what is done for it. */
export interface RouteOptions extends RouteSettings {
  /** `/pets`, `/pets/{petId}` or `/files/*`. */
  readonly path: string;
  readonly verb: Verb;
  /** The words of the command, or one string to split as a shell quotes; placeholders are filled in. */
  readonly cmd: string | readonly string[];
}

/** The settings that routes and `defaults` share; docs/configuration.md tells what each does. */
export interface RouteSettings {
  readonly cmd?: string | readonly string[] | undefined;
  readonly wd?: string | undefined;
  /** `NAME=value` each. */
  readonly env?: readonly string[] | undefined;
  /** Default `"cmdline"`. */
  readonly channel?: ChannelName | undefined;
  readonly encoding?: Encoding | undefined;
  readonly urlParamMode?: boolean | undefined;
  /** Default 1000. */
  readonly timeout?: Duration | undefined;
  readonly grace?: Duration | undefined;
  readonly killSignal?: string | undefined;
  readonly user?: string | number | undefined;
  readonly group?: string | number | undefined;
  /** Octal text: `"022"`. */
  readonly umask?: string | undefined;
  readonly nice?: number | undefined;
  readonly rlimits?: Readonly<Partial<Record<RlimitName, Bound | { readonly soft: Bound; readonly hard: Bound }>>>;
  readonly cgroup?: { readonly memory?: Size; readonly cpu?: number; readonly pids?: number } | undefined;
  readonly noNewPrivs?: boolean | undefined;
  readonly auth?: AuthSettings | false | undefined;
  readonly validateIn?: boolean | undefined;
  readonly validateOut?: boolean | undefined;
  /** Default `"socket"`, but `"cgi"` with the channel `cgi`. */
  readonly reply?: ReplyName | undefined;
  readonly contentType?: string | undefined;
  readonly onExit?: "wait" | "error" | "report" | undefined;
  readonly replyTimeout?: Duration | undefined;
  readonly onAbort?: "kill" | "continue" | undefined;
  readonly concurrency?: number | undefined;
  readonly stats?: boolean | undefined;
  /** For whoever listens to `urocket:process:exited`: a gateway of this kind writes no log itself. */
  readonly logStdout?: boolean | "on-request" | undefined;
  /** For whoever writes a log of the events. */
  readonly logLevel?: LogLevel | undefined;
}

/** How callers prove who they are. */
export interface AuthSettings {
  readonly type: "bearer" | "basic" | "apikey" | "hmac";
  readonly secretFile?: string | undefined;
  readonly secretEnv?: string | undefined;
  readonly user?: string | undefined;
  readonly header?: string | undefined;
  readonly algorithm?: "sha1" | "sha256" | "sha512" | undefined;
  readonly prefix?: string | undefined;
}

/** A number, a size as text, or `"unlimited"`. */
type Bound = Size;

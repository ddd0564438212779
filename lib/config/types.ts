import type { LogLevel } from "../core/log-level.ts";
import type { Verb } from "../core/message.ts";

/** A place in the configuration file, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One mistake, ready to print as `file:line:column: message`. */
export interface Mistake {
  readonly file: string;
  readonly position: Position;
  /** ``expected `timeout` to be a duration, got -1`` */
  readonly message: string;
}

/** A configuration file, checked and complete: every default filled in, every path absolute, keys in one spelling. */
export interface ServiceConfig {
  /** Absolute path of the file it came from. */
  readonly file: string;
  readonly serviceName: string;
  readonly host: string;
  readonly port: number;
  readonly tls: TlsConfig | undefined;
  readonly socketPath: string;
  /** Permission bits of the socket file, e.g. 0o600. */
  readonly socketMode: number;
  /** Group of the socket file, name or id. */
  readonly socketGroup: string | number | undefined;
  /** Absolute path of the OpenAPI document, if one is named. */
  readonly openapi: string | undefined;
  /** Directory of cgroup v2 below which groups for processes are made; undefined: the gateway's own. */
  readonly cgroupParent: string | undefined;
  /** How long running requests may go on after SIGTERM, in milliseconds. */
  readonly grace: number;
  readonly limits: Limits;
  readonly log: LogConfig;
  /** The port for operators; undefined: there is none. */
  readonly admin: AdminConfig | undefined;
  /** Names of variables of the gateway's own environment that processes get too, or `PREFIX_*`; none unless listed. */
  readonly passEnv: readonly string[];
  /** Absolute paths of files of `NAME=value` lines that processes get; read at start and at reload. */
  readonly envFiles: readonly string[];
  readonly routes: readonly RouteConfig[];
  /** Where the settings stand of which only the machine can tell whether they are right; without those that are absent. */
  readonly positions: Readonly<Partial<Record<OutwardSetting, Position>>>;
}

/** Settings that name something outside of the file. */
export type OutwardSetting = "tls" | "cgroupparent" | "admin";

/** PEM files. Absolute paths. */
export interface TlsConfig {
  readonly cert: string;
  readonly key: string;
}

export interface Limits {
  /** Processes that run at once, over all routes. */
  readonly processes: number;
  /** Messages that wait for a process slot, over all routes. */
  readonly queue: number;
  /** How long one may wait there, in milliseconds. */
  readonly queueTimeout: number;
  /** Largest request body in bytes. */
  readonly body: number;
  /** Largest head of a request (request line and header fields) in bytes. */
  readonly headers: number;
  /** Largest answer of a process, in bytes: posted or printed. */
  readonly reply: number;
}

export interface LogConfig {
  readonly level: LogLevel;
  /** `auto` is pretty in a terminal and JSON elsewhere. */
  readonly format: "auto" | "pretty" | "json";
}

/** Where metrics, health and the status of the gateway are asked for. */
export interface AdminConfig {
  readonly host: string;
  readonly port: number;
  /** Further names that the port is reached by. */
  readonly names: readonly string[];
  /** What operators prove themselves with; undefined: a random token for each start. */
  readonly token: SecretSource | undefined;
}

export type ChannelName = "cmdline" | "stdin" | "env" | "file" | "cgi";
export type Encoding = "json" | "form" | "text" | "base64";
export type ReplyName = "socket" | "stdout" | "cgi" | "report" | "accepted";

/** One (path, verb) of the configuration. Times in milliseconds. */
export interface RouteConfig {
  /** With its leading slash; `{name}` stands for one segment, `/*` at the end for everything below. */
  readonly path: string;
  readonly verb: Verb;
  /** Where the route stands in the file. */
  readonly position: Position;
  readonly inject: InjectConfig;
  readonly validateIn: boolean;
  readonly validateOut: boolean;
  readonly reply: ReplyName;
  /** Content type of what a process prints (reply `stdout`); undefined: application/octet-stream. */
  readonly contentType: string | undefined;
  readonly onExit: "wait" | "error" | "report";
  readonly onAbort: "kill" | "continue";
  readonly replyTimeout: number;
  /** Processes of this route that run at once; undefined: as many as there are slots. */
  readonly concurrency: number | undefined;
  /** Figures of the process in the response headers `urocket-stats` and `server-timing`. */
  readonly stats: boolean;
  /** Output lines of the process go to the log: always, never, or when a caller sends `urocket-log-stdout: true`. */
  readonly logStdout: boolean | "on-request";
  /** The least severe level that is logged of this route; undefined: that of the log. */
  readonly logLevel: LogLevel | undefined;
  /** The payload is the JSON object of query and path parameters, whatever the body is. */
  readonly urlParamMode: boolean;
  readonly auth: AuthConfig | undefined;
}

/** Where a secret comes from: a file (its content without the last line feed) or a variable of the environment. */
export type SecretSource = { readonly file: string } | { readonly env: string };

/** How a caller proves who it is. */
export type AuthConfig =
  | { readonly type: "bearer"; readonly secret: SecretSource }
  | { readonly type: "basic"; readonly user: string; readonly secret: SecretSource }
  /** The secret itself in a header field, by default `x-api-key`. */
  | { readonly type: "apikey"; readonly header: string; readonly secret: SecretSource }
  /** HMAC of the body in hexadecimal behind `prefix` in a header field, as webhooks of code hosts are signed. */
  | {
      readonly type: "hmac";
      readonly header: string;
      readonly algorithm: "sha1" | "sha256" | "sha512";
      readonly prefix: string;
      readonly secret: SecretSource;
    };

/** How a message travels into its process, and who and what the process may be. */
export interface InjectConfig {
  /** Absolute. */
  readonly wd: string;
  /** `NAME=value`, placeholders not yet filled. */
  readonly env: readonly string[];
  /** The words of the command, placeholders not yet filled; at least one. */
  readonly cmd: readonly string[];
  readonly channel: ChannelName;
  readonly encoding: Encoding;
  readonly timeout: number;
  readonly grace: number;
  /** "SIGTERM" unless told otherwise. */
  readonly killSignal: string;
  readonly user: string | number | undefined;
  readonly group: string | number | undefined;
  readonly umask: number | undefined;
  readonly nice: number | undefined;
  /** By the names of prlimit(1); a number for both bounds, or soft and hard. */
  readonly rlimits: Readonly<Record<string, RlimitConfig>> | undefined;
  readonly cgroup: CgroupConfig | undefined;
  readonly noNewPrivs: boolean;
}

export type RlimitConfig =
  | number
  | "unlimited"
  | { readonly soft: number | "unlimited"; readonly hard: number | "unlimited" };

/** Bytes, CPUs, processes. */
export interface CgroupConfig {
  readonly memory: number | undefined;
  readonly cpu: number | undefined;
  readonly pids: number | undefined;
}

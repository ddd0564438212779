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
  readonly socketPath: string;
  /** Permission bits of the socket file, e.g. 0o600. */
  readonly socketMode: number;
  /** Absolute path of the OpenAPI document, if one is named. */
  readonly openapi: string | undefined;
  /** How long running requests may go on after SIGTERM, in milliseconds. */
  readonly grace: number;
  readonly limits: Limits;
  readonly log: LogConfig;
  readonly routes: readonly RouteConfig[];
}

export interface Limits {
  /** Largest request body in bytes. */
  readonly body: number;
  /** Largest answer of a process, in bytes: posted or printed. */
  readonly reply: number;
}

export interface LogConfig {
  readonly level: "silent" | "error" | "warn" | "info" | "debug" | "trace";
  /** `auto` is pretty in a terminal and JSON elsewhere. */
  readonly format: "auto" | "pretty" | "json";
}

/** One (path, verb) of the configuration. Times in milliseconds. */
export interface RouteConfig {
  /** With its leading slash. */
  readonly path: string;
  readonly verb: Verb;
  /** Where the route stands in the file. */
  readonly position: Position;
  readonly inject: InjectConfig;
  readonly reply: "socket";
  readonly onExit: "wait" | "error";
  readonly onAbort: "kill" | "continue";
  readonly replyTimeout: number;
  readonly logStdout: boolean;
}

/** How a message travels into its process. */
export interface InjectConfig {
  /** Absolute. */
  readonly wd: string;
  /** `NAME=value`, placeholders not yet filled. */
  readonly env: readonly string[];
  /** The words of the command, placeholders not yet filled; at least one. */
  readonly cmd: readonly string[];
  readonly channel: "cmdline";
  readonly encoding: "json";
  readonly timeout: number;
  readonly grace: number;
}

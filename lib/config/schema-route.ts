import { ROUTE_DEFAULTS } from "./defaults.ts";
import type { Schema } from "./schema-type.ts";

const DURATION = {
  kind: "a duration from 0 to 24 days such as 1500 or 2m",
  type: ["number", "string"],
} as const satisfies Schema;

const INJECT: Readonly<Record<string, Schema>> = {
  wd: {
    description: "Working directory of the process; relative to the folder of this file.",
    kind: "a non-empty string",
    type: "string",
    default: ROUTE_DEFAULTS.wd,
  },
  env: {
    description: "Environment variables of the process, `NAME=value` each; `{{...}}` is filled in.",
    type: "array",
    items: { kind: "text of the form NAME=value", type: "string" },
    default: ROUTE_DEFAULTS.env,
  },
  cmd: {
    description:
      "The command: one string, split into words as a shell quotes, or the list of its words; `{{...}}` is filled in.",
    kind: "a command line or a list of words",
    type: ["string", "array"],
    items: { kind: "a string without NUL characters", type: "string" },
  },
  channel: {
    description: "How the payload travels into the process.",
    enum: ["cmdline"],
    default: ROUTE_DEFAULTS.channel,
  },
  encoding: {
    description: "What the payload is written as.",
    enum: ["json"],
    default: ROUTE_DEFAULTS.encoding,
  },
  timeout: {
    description: "How long the process may run before it is ended.",
    kind: "a duration above 0 up to 24 days such as 1500 or 2m",
    type: ["number", "string"],
    default: ROUTE_DEFAULTS.timeout,
  },
  grace: {
    description: "How long an ended process has from SIGTERM to SIGKILL.",
    ...DURATION,
    default: ROUTE_DEFAULTS.grace,
  },
};

/** One route, or what all routes start from. The keys of `inject` may also stand in the route itself. */
export const ROUTE_SCHEMA: Schema = {
  description: "What is done for one path and verb.",
  type: "object",
  keys: "a key of a route",
  additionalProperties: false,
  properties: {
    inject: {
      description: "How a message travels into its process.",
      type: "object",
      keys: "a key of `inject`",
      additionalProperties: false,
      properties: INJECT,
    },
    ...INJECT,
    validatein: {
      description: "Whether requests are checked against the OpenAPI document.",
      enum: [false],
      default: false,
    },
    validateout: {
      description: "Whether answers are checked against the OpenAPI document.",
      enum: [false],
      default: false,
    },
    stats: {
      description: "Whether callers are told what the process used.",
      enum: [false],
      default: false,
    },
    reply: {
      description: "How the answer comes out of the process: posted to the socket.",
      enum: ["socket"],
      default: ROUTE_DEFAULTS.reply,
    },
    outtake: {
      description: "The same as an address: `usocket://...` is the socket.",
      kind: "an address of the form usocket://...",
      type: "string",
    },
    onexit: {
      description: "When a process ends well without having answered: wait for somebody else's answer, or fail.",
      enum: ["wait", "error"],
      default: ROUTE_DEFAULTS.onexit,
    },
    onabort: {
      description: "When the caller hangs up: end the process, or let it go on.",
      enum: ["kill", "continue"],
      default: ROUTE_DEFAULTS.onabort,
    },
    replytimeout: {
      description: "How long a caller waits for an answer after its process ended well.",
      ...DURATION,
      default: ROUTE_DEFAULTS.replytimeout,
    },
    logstdout: {
      description: "Whether what the process prints goes to the log.",
      type: "boolean",
      default: ROUTE_DEFAULTS.logstdout,
    },
  },
};

/** The keys that may stand in `inject` or in the route itself. */
export const INJECT_KEYS: readonly string[] = Object.keys(INJECT);

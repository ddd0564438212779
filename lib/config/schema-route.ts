import { LOG_LEVELS } from "../core/log-level.ts";
import { DEFAULT_REPLY, ROUTE_DEFAULTS } from "./defaults.ts";
import { AUTH } from "./schema-auth.ts";
import { INJECT } from "./schema-inject.ts";
import { COUNT_ABOVE_0, DURATION } from "./schema-kinds.ts";
import type { Schema } from "./schema-type.ts";

/** One route, or what all routes start from. The keys of `inject` may also stand in the route itself. */
export const ROUTE_SCHEMA: Schema = {
  description: "What is done for one path and verb.",
  type: "object",
  keys: "a key of a route",
  additionalProperties: false,
  properties: {
    inject: {
      description: "How a message travels into its process, and who and what the process may be.",
      type: "object",
      keys: "a key of `inject`",
      additionalProperties: false,
      properties: INJECT,
    },
    ...INJECT,
    auth: AUTH,
    validatein: {
      description: "Whether requests are checked against the OpenAPI document: 400 or 415 for what it does not allow.",
      type: "boolean",
      default: ROUTE_DEFAULTS.validatein,
    },
    validateout: {
      description: "Whether answers are checked against the OpenAPI document: 502 for what it does not allow.",
      type: "boolean",
      default: ROUTE_DEFAULTS.validateout,
    },
    reply: {
      description:
        "How the answer comes out of the process: posted to the socket (`socket`), printed (`stdout`), printed with " +
        "header fields before it (`cgi`), a report of how it ended (`report`), or 202 at once, to be fetched later " +
        "(`accepted`).",
      enum: ["socket", "stdout", "cgi", "report", "accepted"],
      otherwise: `\`${DEFAULT_REPLY}\`, but \`cgi\` with \`channel: cgi\``,
    },
    outtake: {
      description: "The same as an address: `usocket://...`, whatever follows, is `reply: socket`.",
      kind: "an address of the form usocket://...",
      type: "string",
    },
    contenttype: {
      description: "With `reply: stdout`: content type of what the process prints.",
      kind: "a media type such as text/plain",
      type: "string",
      otherwise: "`application/octet-stream`",
    },
    onexit: {
      description:
        "With `reply: socket`, when a process ends well without having answered: wait for somebody else's answer, fail at " +
        "once, or answer with a report of how it ended.",
      enum: ["wait", "error", "report"],
      default: ROUTE_DEFAULTS.onexit,
    },
    replytimeout: {
      description: "With `onexit: wait`: how long a caller waits for an answer after its process ended well.",
      ...DURATION,
      default: ROUTE_DEFAULTS.replytimeout,
    },
    onabort: {
      description: "When the caller hangs up: end the process, or let it go on.",
      enum: ["kill", "continue"],
      default: ROUTE_DEFAULTS.onabort,
    },
    concurrency: {
      description: "Processes of this route that run at once; further messages wait in line.",
      ...COUNT_ABOVE_0,
      otherwise: "as many as `limits.processes` allows",
    },
    stats: {
      description:
        "Whether callers are told what the process used, in the headers `urocket-stats` and `server-timing`.",
      type: "boolean",
      default: ROUTE_DEFAULTS.stats,
    },
    logstdout: {
      description:
        "Whether what the process prints goes to the log; `on-request`: for requests with the header " +
        "`urocket-log-stdout: true`.",
      enum: [true, false, "on-request"],
      default: ROUTE_DEFAULTS.logstdout,
    },
    loglevel: {
      description: "The least severe level that is logged of this route.",
      enum: LOG_LEVELS,
      otherwise: "that of `log`",
    },
  },
};

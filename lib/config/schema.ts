import { VERBS } from "../core/message.ts";
import { SERVICE_DEFAULTS } from "./defaults.ts";
import { ROUTE_SCHEMA } from "./schema-route.ts";
import type { Schema } from "./schema-type.ts";
import type { LogConfig } from "./types.ts";

const LEVELS = ["silent", "error", "warn", "info", "debug", "trace"] as const satisfies readonly LogConfig["level"][];
const FORMATS = ["auto", "pretty", "json"] as const satisfies readonly LogConfig["format"][];

const LIMITS: Schema = {
  description: "Bounds of what is taken in and handed out.",
  type: "object",
  keys: "a key of `limits`",
  additionalProperties: false,
  properties: {
    body: {
      description: "Largest request body; a larger one is answered 413.",
      kind: "a size such as 65536 or 64KiB",
      type: ["number", "string"],
      default: SERVICE_DEFAULTS.limits.body,
    },
    reply: {
      description: "Largest answer of a process.",
      kind: "a size such as 65536 or 64KiB",
      type: ["number", "string"],
      default: SERVICE_DEFAULTS.limits.reply,
    },
  },
};

const LOG: Schema = {
  description: "What is logged and how: a level, or a map of `level` and `format`.",
  type: ["string", "object"],
  keys: "a key of `log`",
  if: { type: "string" },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema has a keyword of that name.
  then: { enum: LEVELS },
  additionalProperties: false,
  properties: {
    level: {
      description: "The least severe level that is logged.",
      enum: LEVELS,
      default: SERVICE_DEFAULTS.log.level,
    },
    format: {
      description: "`auto` is pretty in a terminal and JSON elsewhere.",
      enum: FORMATS,
      default: SERVICE_DEFAULTS.log.format,
    },
  },
};

const VERB_MAP: Schema = {
  description: "The verbs of this path.",
  type: "object",
  keys: "a verb",
  minProperties: 1,
  additionalProperties: false,
  properties: Object.fromEntries(VERBS.map((verb) => [verb, { $ref: "#/definitions/route" }])),
};

/**
 * The configuration file as JSON Schema, for editors and for checking. Keys are in their plain spelling here
 * (`validatein`); the file may also spell them `validate-in`, `validate_in` or `validateIn`.
 */
export const configSchema: Schema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "urocket service",
  description: "Which executable answers which request.",
  type: "object",
  keys: "a key of the configuration",
  required: ["paths"],
  additionalProperties: false,
  properties: {
    servicename: {
      description: "Name of the service in logs.",
      kind: "a non-empty string",
      type: "string",
      default: SERVICE_DEFAULTS.servicename,
    },
    host: {
      description: "Address that callers reach the front on.",
      kind: "a non-empty string",
      type: "string",
      default: SERVICE_DEFAULTS.host,
    },
    port: {
      description: "Port that callers reach the front on; 0 takes any free one.",
      kind: "a port from 0 to 65535",
      type: ["integer", "string"],
      default: SERVICE_DEFAULTS.port,
    },
    socketpath: {
      description: "Unix socket that processes answer on; relative to the folder of this file.",
      kind: "a non-empty string",
      type: "string",
      default: SERVICE_DEFAULTS.socketpath,
    },
    socketmode: {
      description: "Permission bits of the socket: who may answer.",
      kind: "permission bits such as 0600",
      type: ["integer", "string"],
      default: SERVICE_DEFAULTS.socketmode,
    },
    openapi: {
      description: "OpenAPI document of the service; relative to the folder of this file.",
      kind: "a non-empty string",
      type: "string",
    },
    grace: {
      description: "How long running requests may go on after SIGTERM.",
      kind: "a duration from 0 to 24 days such as 1500 or 2m",
      type: ["number", "string"],
      default: SERVICE_DEFAULTS.grace,
    },
    limits: LIMITS,
    log: LOG,
    defaults: { $ref: "#/definitions/route" },
    paths: {
      description: "The routes: path, verb, and what to do for them.",
      type: "object",
      minProperties: 1,
      additionalProperties: VERB_MAP,
    },
  },
  definitions: { route: ROUTE_SCHEMA },
};

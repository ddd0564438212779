import { LOG_LEVELS } from "../core/log-level.ts";
import { VERBS } from "../core/message.ts";
import { SERVICE_DEFAULTS } from "./defaults.ts";
import { ADMIN } from "./schema-admin.ts";
import { DURATION, IDENTITY, TEXT } from "./schema-kinds.ts";
import { LIMITS } from "./schema-limits.ts";
import { ROUTE_SCHEMA } from "./schema-route.ts";
import type { Schema } from "./schema-type.ts";
import type { LogConfig } from "./types.ts";

const FORMATS = ["auto", "pretty", "json"] as const satisfies readonly LogConfig["format"][];

const LOG: Schema = {
  description: "What is logged and how: a level, or a map of `level` and `format`.",
  type: ["string", "object"],
  keys: "a key of `log`",
  if: { type: "string" },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema has a keyword of that name.
  then: { enum: LOG_LEVELS },
  additionalProperties: false,
  properties: {
    level: {
      description: "The least severe level that is logged.",
      enum: LOG_LEVELS,
      default: SERVICE_DEFAULTS.log.level,
    },
    format: {
      description: "`auto` is pretty in a terminal and JSON elsewhere.",
      enum: FORMATS,
      default: SERVICE_DEFAULTS.log.format,
    },
  },
};

const TLS: Schema = {
  description: "Certificate and key, PEM files: the front then speaks HTTPS only.",
  otherwise: "plain HTTP",
  type: "object",
  keys: "a key of `tls`",
  required: ["cert", "key"],
  additionalProperties: false,
  properties: {
    cert: {
      description: "Certificate, followed by those of its issuers; relative to the folder of this file.",
      ...TEXT,
    },
    key: { description: "Its private key; relative to the folder of this file.", ...TEXT },
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
 * The configuration file as JSON Schema, in which our own words (`kind`, `keys`, `otherwise`) stand too. Keys are in their
 * plain spelling (`validatein`); the file may also spell them `validate-in`, `validate_in` or `validateIn`. What editors
 * get is `editorSchema()`.
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
      ...TEXT,
      default: SERVICE_DEFAULTS.servicename,
    },
    host: {
      description: "Address that callers reach the front on.",
      ...TEXT,
      default: SERVICE_DEFAULTS.host,
    },
    port: {
      description: "Port that callers reach the front on; 0 takes any free one.",
      kind: "a port from 0 to 65535",
      type: ["integer", "string"],
      default: SERVICE_DEFAULTS.port,
    },
    tls: TLS,
    socketpath: {
      description: "Unix socket that processes answer on; relative to the folder of this file.",
      ...TEXT,
      default: SERVICE_DEFAULTS.socketpath,
    },
    socketmode: {
      description: "Permission bits of the socket: who may answer.",
      kind: "permission bits such as 0600",
      type: ["integer", "string"],
      default: SERVICE_DEFAULTS.socketmode,
    },
    socketgroup: {
      description:
        "Group of the socket, for processes that run as another user: with `socketmode: 0660` its members may answer.",
      ...IDENTITY,
      otherwise: "the gateway's own",
    },
    openapi: {
      description: "OpenAPI document of the service; relative to the folder of this file.",
      ...TEXT,
    },
    passenv: {
      description: "Variables of the gateway's own environment that every process gets: names, or `PREFIX_*`.",
      type: "array",
      items: { kind: "the name of a variable, or PREFIX_*", type: "string" },
      default: SERVICE_DEFAULTS.passenv,
    },
    envfile: {
      description:
        "File, or list of files, of `NAME=value` lines that every process gets as variables; relative to the folder of this " +
        "file. Later files win, and all win over `passenv`.",
      kind: "a path or a list of paths",
      type: ["string", "array"],
      items: TEXT,
      default: SERVICE_DEFAULTS.envfile,
    },
    cgroupparent: {
      description:
        "Directory of cgroup v2 below which the groups of routes with `cgroup` are made, such as " +
        "`/sys/fs/cgroup/system.slice/urocket.service`; the gateway must be able to write to it.",
      ...TEXT,
      otherwise: "the gateway's own group",
    },
    grace: {
      description: "How long running requests may go on after SIGTERM.",
      ...DURATION,
      default: SERVICE_DEFAULTS.grace,
    },
    limits: LIMITS,
    log: LOG,
    admin: ADMIN,
    defaults: { $ref: "#/definitions/route" },
    paths: {
      description: "The routes: path, verb, and what to do for them.",
      type: "object",
      keys: "a path",
      minProperties: 1,
      additionalProperties: VERB_MAP,
    },
  },
  definitions: { route: ROUTE_SCHEMA },
};

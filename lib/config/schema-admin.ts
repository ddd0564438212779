import { SERVICE_DEFAULTS } from "./defaults.ts";
import { TEXT } from "./schema-kinds.ts";
import type { Schema } from "./schema-type.ts";

/** The port for operators. What its token comes from is checked by `admin.ts`. */
export const ADMIN: Schema = {
  description: "A port for operators: metrics, health, status. `{}` turns it on as it is by default.",
  otherwise: "no such port",
  type: "object",
  keys: "a key of `admin`",
  additionalProperties: false,
  properties: {
    host: {
      description:
        "Address that it listens on. On one that others can reach, everything but the probes asks for the token.",
      ...TEXT,
      default: SERVICE_DEFAULTS.admin.host,
    },
    port: {
      description: "Its port; 0 takes any free one.",
      kind: "a port from 0 to 65535",
      type: ["integer", "string"],
      default: SERVICE_DEFAULTS.admin.port,
    },
    names: {
      description: "Names, beside `host`, localhost and addresses, that it may be reached by.",
      type: "array",
      items: TEXT,
      default: SERVICE_DEFAULTS.admin.names,
    },
    tokenfile: {
      description:
        "File that holds the token (a line feed at its end does not belong to it); relative to the folder of this file.",
      ...TEXT,
      otherwise: "a new token for each start, which the log tells",
    },
    tokenenv: {
      description: "Variable of the gateway's own environment that holds the token. Processes never get it.",
      kind: "the name of a variable",
      type: "string",
    },
  },
};

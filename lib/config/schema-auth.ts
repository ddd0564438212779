import { API_KEY_DEFAULTS, HMAC_DEFAULTS } from "./defaults.ts";
import { TEXT } from "./schema-kinds.ts";
import type { Schema } from "./schema-type.ts";

/** How a caller proves who it is. What belongs to which `type` is checked by `auth.ts`. */
export const AUTH: Schema = {
  description: "How callers prove who they are; `false` lets anybody in where `defaults` ask for a proof.",
  kind: "a map, or false for none",
  type: ["object", "boolean"],
  otherwise: "anybody may call",
  keys: "a key of `auth`",
  required: ["type"],
  additionalProperties: false,
  properties: {
    type: {
      description:
        "`bearer`: the secret as a bearer token. `basic`: user and password. `apikey`: the secret in a header. " +
        "`hmac`: a signature of the body in a header, as webhooks send it.",
      enum: ["bearer", "basic", "apikey", "hmac"],
    },
    secretfile: {
      description:
        "File that holds the secret (a line feed at its end does not belong to it); relative to the folder of this file.",
      ...TEXT,
    },
    secretenv: {
      description: "Variable of the gateway's own environment that holds the secret. Processes never get it.",
      kind: "the name of a variable",
      type: "string",
    },
    user: {
      description: "With `type: basic`: the user name.",
      kind: "a user name without colons",
      type: "string",
    },
    header: {
      description: "With `type: apikey` or `hmac`: the header that holds the key or the signature.",
      kind: "the name of a header in letters, digits and hyphens",
      type: "string",
      otherwise: `\`${API_KEY_DEFAULTS.header}\` or \`${HMAC_DEFAULTS.header}\``,
    },
    algorithm: {
      description: "With `type: hmac`: the hash of the signature.",
      enum: ["sha1", "sha256", "sha512"],
      default: HMAC_DEFAULTS.algorithm,
    },
    prefix: {
      description: "With `type: hmac`: what stands in the header before the hexadecimal digits.",
      kind: "text without control characters",
      type: "string",
      default: HMAC_DEFAULTS.prefix,
    },
  },
};

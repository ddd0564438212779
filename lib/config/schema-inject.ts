import { ROUTE_DEFAULTS } from "./defaults.ts";
import { DURATION, IDENTITY, TEXT } from "./schema-kinds.ts";
import { CGROUP, RLIMITS } from "./schema-process.ts";
import type { Schema } from "./schema-type.ts";

/** The settings of `inject`: how a message travels into its process, and who and what the process may be. */
export const INJECT: Readonly<Record<string, Schema>> = {
  wd: {
    description: "Working directory of the process; relative to the folder of this file.",
    ...TEXT,
    default: ROUTE_DEFAULTS.wd,
  },
  env: {
    description:
      "Environment variables of the process, `NAME=value` each; `{{...}}` is filled in the value. They win over " +
      "`passenv` and `envfile`.",
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
    otherwise: "none: every route needs one",
  },
  channel: {
    description:
      "How the payload travels into the process: as an argument (`cmdline`), on standard input (`stdin`), in the variable " +
      "`JSONPAYLOAD` (`env`), in a file without a name (`file`), or as a CGI request (`cgi`).",
    enum: ["cmdline", "stdin", "env", "file", "cgi"],
    default: ROUTE_DEFAULTS.channel,
  },
  encoding: {
    description: "What the payload is written as.",
    enum: ["json", "form", "text", "base64"],
    default: ROUTE_DEFAULTS.encoding,
  },
  urlparammode: {
    description: "Whether the payload is the JSON object of query and path parameters, whatever the body is.",
    type: "boolean",
    default: ROUTE_DEFAULTS.urlparammode,
  },
  timeout: {
    description: "How long the process may run before its group gets `killsignal`; the caller gets 504 at once.",
    kind: "a duration above 0 up to 24 days such as 1500 or 2m",
    type: ["number", "string"],
    default: ROUTE_DEFAULTS.timeout,
  },
  grace: {
    description: "How long an ended process has from `killsignal` to SIGKILL.",
    ...DURATION,
    default: ROUTE_DEFAULTS.grace,
  },
  killsignal: {
    description: "The first signal to a process that is to end.",
    kind: "a signal name such as SIGTERM",
    type: "string",
    default: ROUTE_DEFAULTS.killsignal,
  },
  user: {
    description: "User that the process runs as, with its groups unless `group` says otherwise. Needs privilege.",
    ...IDENTITY,
    otherwise: "the gateway's own",
  },
  group: {
    description: "Group that the process runs as. Needs privilege.",
    ...IDENTITY,
    otherwise: "that of `user`, or the gateway's own",
  },
  umask: {
    description: "Permission bits that files of the process do not get.",
    kind: "an octal mask such as 022",
    type: ["string", "integer"],
    otherwise: "that of the gateway",
  },
  nice: {
    description: "Niceness of the process. Below that of the gateway it needs privilege.",
    kind: "a niceness from -20 to 19",
    type: ["integer", "string"],
    otherwise: "that of the gateway",
  },
  rlimits: RLIMITS,
  cgroup: CGROUP,
  nonewprivs: {
    description: "Whether set-user-id programs and the like give the process no privileges.",
    type: "boolean",
    default: ROUTE_DEFAULTS.nonewprivs,
  },
};

/** The keys that may stand in `inject` or in the route itself. */
export const INJECT_KEYS: readonly string[] = Object.keys(INJECT);

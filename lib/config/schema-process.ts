import type { Kind } from "./kinds.ts";
import { COUNT_ABOVE_0, SIZE_ABOVE_0 } from "./schema-kinds.ts";
import type { Schema } from "./schema-type.ts";

/** Resource limits of a process; see setrlimit(2). */
export const RLIMITS: Schema = {
  description:
    "Resource limits of the process by their names in prlimit(1): one bound, or a map of `soft` and `hard`; " +
    "`unlimited` for none. Raising a hard limit needs privilege.",
  otherwise: "those of the gateway, but `nofile` at most 1024",
  type: "object",
  keys: "a key of `rlimits`",
  additionalProperties: false,
  properties: {
    as: bytes("Address space."),
    core: bytes("Core dump; 0 writes none."),
    cpu: count("CPU time in seconds: SIGXCPU at the soft bound, SIGKILL at the hard one."),
    data: bytes("Data segment."),
    fsize: bytes("Largest file that it may write."),
    locks: count("File locks."),
    memlock: bytes("Memory that it may lock."),
    msgqueue: bytes("POSIX message queues of its user."),
    nice: count("Ceiling of the niceness: 20 less the bound."),
    nofile: count("Open descriptors."),
    nproc: count("Processes and threads of its user; does not bind root."),
    rss: bytes("Resident memory; Linux does not enforce it."),
    rtprio: count("Ceiling of the real-time priority."),
    rttime: count("CPU time in microseconds that a real-time process may take without a pause."),
    sigpending: count("Signals that wait for processes of its user."),
    stack: bytes("Stack."),
  },
};

/** A control group of the process's own; see cgroups(7). */
export const CGROUP: Schema = {
  description:
    "Bounds for the process and all that it starts, together, in a cgroup v2 of its own; with `{}` the group only sees to " +
    "it that nothing outlives the request. Where no controller is delegated to the gateway, resource limits stand in; " +
    "`urocket check` tells.",
  otherwise: "no group of its own",
  type: "object",
  keys: "a key of `cgroup`",
  additionalProperties: false,
  properties: {
    memory: { description: "Memory in bytes (`memory.max`).", ...SIZE_ABOVE_0 },
    cpu: {
      description: "CPUs (`cpu.max`): 0.5 is half of one.",
      kind: "a number of CPUs above 0 such as 0.5",
      type: ["number", "string"],
    },
    pids: { description: "Processes and threads (`pids.max`).", ...COUNT_ABOVE_0 },
  },
};

function bytes(description: string): Schema {
  const kind = "a size such as 64MiB, unlimited, or a map of soft and hard";
  return bound(description, kind, { kind: "a size such as 64MiB, or unlimited", type: ["number", "string"] });
}

function count(description: string): Schema {
  const kind = "a whole number such as 1024, unlimited, or a map of soft and hard";
  return bound(description, kind, { kind: "a whole number such as 1024, or unlimited", type: ["integer", "string"] });
}

function bound(description: string, kind: Kind, one: Schema): Schema {
  return {
    description,
    kind,
    type: ["number", "string", "object"],
    keys: "a bound",
    required: ["soft", "hard"],
    additionalProperties: false,
    properties: {
      soft: { description: "The bound in force.", ...one },
      hard: { description: "How far the process itself may raise it.", ...one },
    },
  };
}

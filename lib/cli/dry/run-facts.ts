import { isUtf8 } from "node:buffer";
import { userInfo } from "node:os";
import type { RouteConfig, ServiceConfig } from "../../config/index.ts";
import type { Message } from "../../core/message.ts";
import type { SpawnSpec } from "../../process/index.ts";
import { type FoundProgram, findProgram } from "../programs.ts";
import type { Outcome } from "./rehearse.ts";

/** All that is to be said of a process that would run. Times in milliseconds. */
export interface RunFacts {
  readonly request: { readonly verb: string; readonly path: string; readonly query: string; readonly bytes: number };
  readonly route: { readonly verb: string; readonly path: string; readonly file: string; readonly line: number };
  readonly program: FoundProgram;
  readonly argv: readonly string[];
  /** `NAME=value`. */
  readonly env: readonly string[];
  readonly cwd: string | undefined;
  /** undefined: nothing, end-of-file at once. */
  readonly stdin: Bytes | undefined;
  /** Files in memory, by descriptor. */
  readonly files: Readonly<Record<string, Bytes>>;
  readonly user: string | number;
  /** undefined: that of the user. */
  readonly group: string | number | undefined;
  readonly bounds: Pick<
    SpawnSpec,
    "timeout" | "grace" | "killSignal" | "linger" | "umask" | "nice" | "rlimits" | "cgroup" | "noNewPrivs"
  >;
  readonly reply: RouteConfig["reply"] | undefined;
  readonly socketPath: string;
}

/** Bytes, as text where they are text. */
export type Bytes = { readonly bytes: number } & ({ readonly text: string } | { readonly base64: string });

/** Gathers what is known of a process from its spec and from the configuration. */
export function runFacts(
  { verb, path, query, body }: Message,
  { route, spec }: Extract<Outcome, { kind: "run" }>,
  { file, routes, socketPath }: ServiceConfig,
): RunFacts {
  const config = routes.find((one) => one.verb === route.verb && one.path === route.path);
  const { timeout, grace, killSignal = "SIGTERM", linger, umask, nice, rlimits, cgroup, noNewPrivs } = spec;
  return {
    request: { verb, path, query, bytes: body.length },
    route: { verb: route.verb, path: route.path, file, line: config?.position.line ?? 0 },
    program: findProgram(spec),
    argv: spec.argv,
    env: environmentOf(spec.env),
    cwd: spec.cwd,
    stdin: spec.stdin instanceof Uint8Array ? bytesOf(spec.stdin) : undefined,
    files: Object.fromEntries(Object.entries(spec.files ?? {}).map(([fd, bytes]) => [fd, bytesOf(bytes)])),
    user: spec.user ?? ownUser(),
    group: spec.group,
    bounds: { timeout, grace, killSignal, linger, umask, nice, rlimits, cgroup, noNewPrivs },
    reply: config?.reply,
    socketPath,
  };
}

function environmentOf(env: SpawnSpec["env"]): readonly string[] {
  if (Array.isArray(env)) return env;
  return Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`));
}

function bytesOf(data: Uint8Array): Bytes {
  const { buffer, byteOffset, length } = data;
  const bytes = Buffer.from(buffer, byteOffset, length);
  return isUtf8(bytes)
    ? { bytes: length, text: bytes.toString() }
    : { bytes: length, base64: bytes.toString("base64") };
}

/** The gateway's own user: its name, or its id where it has none. */
function ownUser(): string | number {
  try {
    return userInfo().username;
  } catch {
    return process.getuid?.() ?? 0;
  }
}

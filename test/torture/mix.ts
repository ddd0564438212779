import type { ExitRecord, SpawnSpec } from "../../lib/process/index.ts";

/** One kind of process in the mix. */
export interface Kind {
  readonly name: string;
  /** `turn` counts the processes of this kind, so that a kind can vary. */
  spec(turn: number): SpawnSpec;
  /** Whether the record says exactly what happened. */
  isRight(record: ExitRecord, turn: number): boolean;
  /** Set where bytes are written to a streamed stdin. */
  readonly input?: Uint8Array;
  /** Set where we end it as soon as it runs. */
  readonly killed?: true;
}

const SIGNALS = ["HUP", "INT", "QUIT", "ABRT", "USR1", "SEGV", "KILL", "TERM"] as const;
const FLOOD = 300_000;
const CAPTURE = 65_536;
const MUCH = new Uint8Array(1 << 20);
const ENV = ["PATH=/usr/bin:/bin"];

/** What goes wrong in production, in equal parts. */
export const MIX: readonly Kind[] = [
  {
    name: "quick exit",
    spec: (turn) => shell(`exit ${turn % 256}`),
    isRight: ({ how, code }, turn) => how === "exit" && code === turn % 256,
  },
  {
    name: "signal",
    spec: (turn) => ({ ...shell(`kill -${signalOf(turn)} $$`), rlimits: { core: 0 } }),
    isRight: ({ how, signal }, turn) => how === "signal" && signal === `SIG${signalOf(turn)}`,
  },
  {
    // Every other one takes no notice of SIGTERM. On a busy machine SIGKILL may overtake SIGTERM in the others too.
    name: "timeout",
    spec: (turn) => ({ ...shell(`${turn % 2 === 0 ? "trap '' TERM; " : ""}sleep 60`), timeout: 25, grace: 25 }),
    isRight: ({ how, signal }) => how === "timeout" && (signal === "SIGTERM" || signal === "SIGKILL"),
  },
  {
    // Half of the grandchildren stay in the group and hold the output open; the others leave for a session of their own.
    name: "double fork",
    spec: (turn) => shell(turn % 2 === 0 ? "(sleep 60 &); exit 3" : "(setsid sleep 0.05 >/dev/null 2>&1 &); exit 3"),
    isRight: ({ how, code }) => how === "exit" && code === 3,
  },
  {
    name: "output flood",
    spec: () => ({ argv: ["head", "-c", String(FLOOD), "/dev/zero"], env: ENV, stdout: { capture: CAPTURE } }),
    isRight: ({ how, code, stdout }) =>
      how === "exit" && code === 0 && stdout.bytes === FLOOD && stdout.data.length === CAPTURE && stdout.truncated,
  },
  {
    name: "closed stdin, bytes",
    spec: () => ({ ...shell("exec <&-; exit 4"), stdin: MUCH }),
    isRight: ({ how, code }) => how === "exit" && code === 4,
  },
  {
    name: "closed stdin, stream",
    spec: () => ({ ...shell("exec <&-; exit 5"), stdin: "pipe" }),
    input: MUCH,
    isRight: ({ how, code }) => how === "exit" && code === 5,
  },
  {
    name: "exec failure",
    spec: (turn) => ({ argv: [turn % 2 === 0 ? "/nonexistent/program" : "/etc/passwd"], env: ENV }),
    isRight: ({ how, step, errno, pid }, turn) =>
      how === "spawn-error" && step === "execve" && errno === (turn % 2 === 0 ? "ENOENT" : "EACCES") && pid === 0,
  },
  {
    name: "stopped",
    spec: () => ({ ...shell("kill -STOP $$; exit 6"), timeout: 25 }),
    // As it is stopped it can only act on SIGTERM once it was continued too.
    isRight: ({ how, signal }) => how === "timeout" && signal === "SIGTERM",
  },
  {
    name: "killed by us",
    spec: () => ({ argv: ["sleep", "60"], env: ENV }),
    killed: true,
    isRight: ({ how, signal, reason }) => how === "killed" && signal === "SIGTERM" && reason === "torture",
  },
];

function signalOf(turn: number): string {
  return SIGNALS[turn % SIGNALS.length] as string;
}

function shell(script: string): SpawnSpec {
  return { argv: ["/bin/sh", "-c", script], env: ENV };
}

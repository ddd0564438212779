import type { Message } from "../../core/message.ts";
import type { Reply } from "../../core/reply.ts";
import { Gateway, type Route } from "../../gateway/index.ts";
import type { ExitRecord, ProcessHandle, ProcessObserver, ProcessStarter, SpawnSpec } from "../../process/index.ts";
import { failureReply } from "../../replies/failure.ts";

/** A process would be started, or the caller gets a reply without one. */
export type Outcome =
  | { readonly kind: "run"; readonly route: Route; readonly spec: SpawnSpec }
  | { readonly kind: "replied"; readonly reply: Reply };

/** Sends a message through the real gateway, which is given a starter that starts nothing. */
export async function rehearse(
  message: Message,
  routes: readonly Route[],
  limits: { readonly body: number },
): Promise<Outcome> {
  // The front refuses these before the gateway sees them.
  if (message.body.length > limits.body) {
    const detail = `expected a body of at most ${limits.body} bytes, got ${message.body.length}`;
    return { kind: "replied", reply: failureReply({ code: "body-too-large", detail }, message.id) };
  }
  let found: Route | undefined;
  const watched = routes.map((route) => ({
    ...route,
    channel: (taken: Message) => {
      found = route;
      return route.channel(taken);
    },
  }));
  const starter = new Rehearsal();
  const gateway = new Gateway({ routes: watched, starter });
  let reply: Reply | undefined;
  const replied = new Promise<void>((resolve) => {
    gateway.handle(message, {
      respond: (given) => {
        reply = given;
        resolve();
      },
    });
  });
  await Promise.race([replied, starter.started]);
  await gateway.close();
  if (starter.spec !== undefined && found !== undefined) return { kind: "run", route: found, spec: starter.spec };
  if (reply === undefined) throw new Error("expected the gateway to start a process or to reply, got neither");
  return { kind: "replied", reply };
}

/** Keeps what it was to start, and reports it as killed. */
class Rehearsal implements ProcessStarter {
  spec: SpawnSpec | undefined;
  readonly started: Promise<void>;
  #onStarted: () => void = () => undefined;

  constructor() {
    this.started = new Promise((resolve) => {
      this.#onStarted = resolve;
    });
  }

  start(spec: SpawnSpec, observer: ProcessObserver): ProcessHandle {
    this.spec = spec;
    this.#onStarted();
    // An observer is never told before it has its handle.
    queueMicrotask(() => observer.onExit(NEVER_STARTED));
    return { kill: () => undefined };
  }
}

const NOTHING = { data: Buffer.alloc(0), bytes: 0, truncated: false };

const NEVER_STARTED: ExitRecord = {
  pid: 0,
  how: "killed",
  code: null,
  signal: null,
  coreDumped: false,
  reason: "a rehearsal",
  step: null,
  errno: null,
  usage: {
    utime: 0,
    stime: 0,
    maxrss: 0,
    maxrssExact: true,
    minflt: 0,
    majflt: 0,
    inblock: 0,
    oublock: 0,
    nvcsw: 0,
    nivcsw: 0,
  },
  startedAt: 0,
  monotonicStart: 0,
  queued: 0,
  spawn: 0,
  run: 0,
  stdout: NOTHING,
  stderr: NOTHING,
};

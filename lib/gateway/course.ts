import type { MessageEnded } from "../core/events.ts";
import type { Message } from "../core/message.ts";
import type { Caller, Reply } from "../core/reply.ts";
import type { ExitRecord, ProcessHandle, SpawnSpec } from "../process/types.ts";
import { deliver } from "./deliver.ts";
import { withFigures } from "./figures.ts";
import { type Noted, publishEnd, publishExit, publishOver, publishQueued, publishStarted } from "./publish.ts";
import type { Route } from "./route.ts";
import { admitTraced } from "./trace-context.ts";

/** A message with its caller and its route, and what is noted of it on its way. */
export class Course implements Noted {
  readonly message: Message;
  readonly caller: Caller;
  readonly route: Route;
  readonly bytesIn: number;
  /** How long its process may run, in milliseconds; 0 without a bound. */
  timeout = 0;
  admittedAt = 0;
  answeredAt = 0;
  posted = false;
  /** Its process, once started. */
  handle: ProcessHandle | undefined;
  /** How that ended. */
  record: ExitRecord | undefined;
  /** What was told of its end. */
  #ended: MessageEnded<ExitRecord> | undefined;

  constructor(message: Message, caller: Caller, route: Route) {
    this.message = message;
    this.caller = caller;
    this.route = route;
    // Now, for the body goes with the reply.
    this.bytesIn = message.body.length;
  }

  /** It has to wait for its slot. */
  queued(): void {
    publishQueued(this.message, this.route);
  }

  /** It has its slot; what is to be started for it. */
  admit(): SpawnSpec {
    this.admittedAt = performance.now();
    const spec = admitTraced(this.route.channel(this.message), this.message, this.route, this.admittedAt);
    this.timeout = spec.timeout ?? 0;
    return spec;
  }

  /** Its process runs. */
  started(pid: number): void {
    publishStarted(this.message, this.route, pid);
  }

  /** Its process ended. */
  exited(record: ExitRecord): void {
    this.record = record;
    publishExit(this.message, this.route, record);
  }

  /** The reply with the figures of the process. */
  withFigures(reply: Reply): Reply {
    const { admittedAt, record, handle } = this;
    return withFigures(reply, { receivedAt: this.message.receivedAt, admittedAt, record, handle });
  }

  /** The caller gets its reply, or left. */
  end(how: string, reply: Reply | undefined): void {
    if (reply !== undefined) deliver(this.caller, reply, this.message.id);
    this.#ended = publishEnd(this.message, this.route, this, { how, reply, record: this.record });
  }

  /** Nothing more will come of it. */
  over(): void {
    publishOver(this.#ended, this.record);
  }
}

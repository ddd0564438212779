import type { MessageEnded } from "../core/events.ts";
import type { Message } from "../core/message.ts";
import type { Caller } from "../core/reply.ts";
import type { ExitRecord } from "../process/types.ts";
import { type End, type Noted, publishEnd, publishOver } from "./publish.ts";
import type { Route } from "./route.ts";

/** What is noted of a message on its way, for whoever is told of its end. */
export class Course implements Noted {
  admittedAt = 0;
  answeredAt = 0;
  posted = false;
  readonly caller: Caller;
  readonly bytesIn: number;
  /** What was told of its end. */
  #ended: MessageEnded<ExitRecord> | undefined;

  constructor({ body }: Message, caller: Caller) {
    this.caller = caller;
    // Now, for the body goes with the reply.
    this.bytesIn = body.length;
  }

  /** The caller has its reply, or left. */
  ended(message: Message, route: Route, end: End): void {
    this.#ended = publishEnd(message, route, this, end);
  }

  /** Nothing more will come of it. */
  over(record: ExitRecord | undefined): void {
    publishOver(this.#ended, record);
  }
}

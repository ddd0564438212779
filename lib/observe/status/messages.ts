import type { MessageAdmitted, MessageEnded, MessageOnRoute, MessageOver, MessageStored } from "../../core/events.ts";
import { TransientMap } from "../../core/transient-map.ts";
import type { ProcessExitedEvent } from "../exit-facts.ts";
import { Followed } from "./followed.ts";
import { Ring } from "./ring.ts";

/** Follows messages from their arrival until nothing more comes of them, and remembers the last ones for a while. */
export class Messages {
  readonly #live = new TransientMap<string, Followed>();
  readonly #line = new TransientMap<string, Followed>();
  readonly #over = new Ring<Followed>(KEPT);
  /** Kept apart, so that they outlive many that went well. */
  readonly #failed = new Ring<Followed>(FAILURES);

  stored(event: MessageStored): void {
    this.#live.set(event.requestId, new Followed(event));
  }

  queued({ requestId }: MessageOnRoute): void {
    const message = this.#live.get(requestId);
    if (message !== undefined) this.#line.set(requestId, message);
  }

  admitted({ requestId, queue }: MessageAdmitted): void {
    this.#line.delete(requestId);
    const message = this.#live.get(requestId);
    if (message !== undefined) message.admittedAt = message.receivedAt + queue;
  }

  ended(event: MessageEnded, failed: boolean): void {
    const { requestId } = event;
    this.#line.delete(requestId);
    let message = this.#live.get(requestId);
    if (message === undefined) {
      // It found no route, or was refused on the way to it.
      message = new Followed(event);
      this.#live.set(requestId, message);
    }
    message.ended(event);
    if (failed) this.#failed.add(message);
  }

  exited({ requestId, record }: ProcessExitedEvent): void {
    this.#live.get(requestId)?.exited(record);
  }

  over({ ended }: MessageOver): void {
    const message = this.#live.get(ended.requestId);
    if (message === undefined) return;
    this.#live.delete(ended.requestId);
    message.over = true;
    this.#over.add(message);
  }

  find(requestId: string): Followed | undefined {
    return this.#live.get(requestId) ?? this.#over.find(requestId) ?? this.#failed.find(requestId);
  }

  /** Those that wait for a slot, in the order of their arrival. */
  line(most: number): Followed[] {
    const first: Followed[] = [];
    for (const message of this.#line.values()) {
      if (first.length === most) break;
      first.push(message);
    }
    return first;
  }

  /** Latest first. */
  lastFailures(): Followed[] {
    return this.#failed.latest(FAILURES);
  }

  /** Latest first. */
  last(most: number): Followed[] {
    return this.#over.latest(most);
  }
}

const KEPT = 1000;
const FAILURES = 50;

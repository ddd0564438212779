import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Reply } from "../../core/reply.ts";
import { failureReply } from "../../replies/failure.ts";
import type { AdminCall } from "../handler.ts";

/**
 * Server-sent events, one a second to all who listen: a snapshot is taken and written as JSON once, however many they are,
 * and not at all while there are none. Whoever reads too slowly is dropped, and comes again when it is a browser.
 */
export class StatusStream {
  readonly #snapshot: () => object;
  readonly #listeners = new Set<ServerResponse>();
  #timer: NodeJS.Timeout | undefined;

  constructor(snapshot: () => object) {
    this.#snapshot = snapshot;
  }

  /** Takes one more listener, unless there are too many; it leaves by hanging up. */
  serve({ request, response }: AdminCall): Reply | undefined {
    if (this.#listeners.size >= MOST_LISTENERS) {
      const detail = `expected at most ${MOST_LISTENERS} who follow the status, got one more`;
      return failureReply({ code: "admin-busy", detail, headers: [["retry-after", "5"]] }, randomUUID());
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    if (request.method === "HEAD") {
      response.end();
      return undefined;
    }
    this.#add(response);
    response.write(eventOf(this.#snapshot()));
    return undefined;
  }

  #add(listener: ServerResponse): void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.#tell(), EVERY);
    listener.once("close", () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    });
  }

  #tell(): void {
    const event = eventOf(this.#snapshot());
    for (const listener of this.#listeners) {
      if (listener.writableLength > MOST_UNREAD) listener.destroy();
      else listener.write(event);
    }
  }
}

/** Milliseconds. */
const EVERY = 1000;

/** A few of the connections that the admin port takes, so that probes and scrapers find one. */
const MOST_LISTENERS = 16;

/** Bytes that wait for a reader, beside those in the kernel. */
const MOST_UNREAD = 1 << 20;

function eventOf(snapshot: object): string {
  return `data: ${JSON.stringify(snapshot)}\n\n`;
}

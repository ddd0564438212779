import { randomUUID } from "node:crypto";
import { type Message, NO_PARAMS } from "../../lib/core/message.ts";
import type { Caller, Reply } from "../../lib/core/reply.ts";

/** A message as a stage makes it: `POST /pets` unless said otherwise. */
export function message(facts: Partial<Message> = {}): Message {
  const shape = { path: "/pets", verb: "post", query: "", params: NO_PARAMS, headers: {}, body: Buffer.alloc(0) };
  return { id: randomUUID(), ...shape, receivedAt: performance.now(), remoteAddress: "", ...facts };
}

/** A caller that keeps what it is told. */
export class FakeCaller implements Caller {
  readonly replies: Reply[] = [];

  respond(reply: Reply): void {
    this.replies.push(reply);
  }

  /** The one reply. */
  get reply(): Reply {
    const [reply, ...more] = this.replies;
    if (reply === undefined || more.length > 0) throw new Error(`expected one reply, got ${this.replies.length}`);
    return reply;
  }

  /** The one reply, as the problem document that it is expected to be. */
  get problem(): Record<string, unknown> {
    const { contentType, body } = this.reply;
    if (contentType !== "application/problem+json") throw new Error(`expected a problem, got ${contentType}`);
    return JSON.parse(body.toString());
  }
}

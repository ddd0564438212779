import type { Message } from "../../lib/core/message.ts";
import { message as anyMessage } from "../helpers/message.ts";

/** A message with a body, an id that stays the same, and whatever else a test cares for. */
export function message(body: string | Buffer, facts: Partial<Omit<Message, "body">> = {}): Message {
  return anyMessage({ id: "0b7dcd60-7f3e-4b3b-9a5e-4d1d1b6a8c11", ...facts, body: Buffer.from(body) });
}

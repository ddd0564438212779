import { isUtf8 } from "node:buffer";
import { UrocketError } from "../core/errors.ts";
import type { Message } from "../core/message.ts";

/** The payload of a message as text: its body, or without one the JSON object of its query parameters. */
export function payloadText(message: Message): string {
  const { body } = message;
  if (body.length === 0) return queryJson(message.query);
  if (!isUtf8(body)) {
    throw new UrocketError(
      "payload-not-representable",
      `expected the body to be UTF-8 text, got ${body.length} bytes that are not`,
    );
  }
  return body.toString("utf8");
}

// A name that comes once is a string, a name that comes again an array, in the order of the query.
function queryJson(query: string): string {
  if (query === "") return "{}";
  // Without a prototype, `__proto__` is a name like any other.
  const values: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(query)) {
    const before = values[name];
    if (before === undefined) values[name] = value;
    else if (typeof before === "string") values[name] = [before, value];
    else before.push(value);
  }
  return JSON.stringify(values);
}

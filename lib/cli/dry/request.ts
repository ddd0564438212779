import { randomUUID } from "node:crypto";
import type { ServiceConfig } from "../../config/index.ts";
import { type Message, NO_PARAMS } from "../../core/message.ts";
import type { Field, Target } from "./arguments.ts";

/** A request as the command line describes it. */
export interface RequestOptions {
  /** In lower case; POST with a body, else GET. */
  readonly verb?: string | undefined;
  readonly body?: Buffer | undefined;
  readonly headers?: readonly Field[] | undefined;
}

/** The message that the front would make of a request from this machine. */
export function buildRequest(
  { path, query }: Target,
  { verb, body, headers = [] }: RequestOptions,
  { host, port }: Pick<ServiceConfig, "host" | "port">,
): Message {
  const fields: Record<string, string> = { host: `${host.includes(":") ? `[${host}]` : host}:${port}` };
  if (body !== undefined) fields["content-length"] = String(body.length);
  const given = new Map<string, string>();
  for (const [name, value] of headers) {
    const before = given.get(name);
    given.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return {
    id: randomUUID(),
    path,
    verb: verb ?? (body === undefined ? "get" : "post"),
    query,
    params: NO_PARAMS,
    headers: { ...fields, ...Object.fromEntries(given) },
    body: body ?? Buffer.alloc(0),
    receivedAt: performance.now(),
    remoteAddress: "127.0.0.1",
  };
}

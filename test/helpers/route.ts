import type { Route } from "../../lib/gateway/route.ts";
import { socketReply } from "../../lib/replies/index.ts";

/** A route whose process gets the body as its only argument: `POST /pets` unless said otherwise. */
export function route(facts: Partial<Route> = {}): Route {
  return {
    path: "/pets",
    verb: "post",
    channel: ({ body }) => ({ argv: ["/bin/true", body.toString()], env: [], timeout: 1000 }),
    replyTimeout: 40_000,
    reply: socketReply("wait"),
    onAbort: "kill",
    logStdout: false,
    ...facts,
  };
}

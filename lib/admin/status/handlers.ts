import { failureReply } from "../../replies/failure.ts";
import { type AdminHandler, jsonReply } from "../handler.ts";
import { StatusStream } from "./stream.ts";

/** Whoever knows what happens; the values are what goes out as JSON. */
export interface StatusSource {
  snapshot(): object;
  /** One request; undefined when nothing is known of it. */
  timeline(requestId: string): object | undefined;
  /** Ends the process of a request; false when none runs. */
  kill(requestId: string): boolean;
}

/** `/api/status`, at once and as a stream; `/api/requests/*`, what became of one request, and the end of its process. */
export function statusHandlers(source: StatusSource): AdminHandler[] {
  const stream = new StatusStream(() => source.snapshot());
  return [
    { method: "GET", path: "/api/status", access: "read", handle: () => jsonReply(200, source.snapshot()) },
    { method: "GET", path: "/api/status/stream", access: "read", handle: (call) => stream.serve(call) },
    { method: "GET", path: "/api/requests/*", access: "read", handle: ({ rest }) => timeline(source, rest) },
    { method: "POST", path: "/api/requests/*", access: "change", handle: ({ rest }) => change(source, rest) },
  ];
}

function timeline(source: StatusSource, requestId: string) {
  const found = source.timeline(requestId);
  if (found !== undefined) return jsonReply(200, found);
  return unknown(requestId, "a request that is waiting, running or among the last");
}

function change(source: StatusSource, rest: string) {
  const [, requestId = "", action] = /^(.*)\/([^/]*)$/s.exec(rest) ?? [];
  if (action !== "kill") {
    const detail = `expected /api/requests/{id}/kill, got /api/requests/${rest}`;
    return failureReply({ code: "route-not-found", detail }, rest);
  }
  if (source.kill(requestId)) return { status: 204, headers: [], body: "", contentType: undefined };
  return unknown(requestId, "a request whose process runs");
}

function unknown(requestId: string, expected: string) {
  return failureReply({ code: "admin-request-unknown", detail: `expected ${expected}, got ${requestId}` }, requestId);
}

import type { JsonObject } from "../../openapi/json.ts";
import type { DescribedRoute } from "./described-route.ts";

/** The schema of what callers get instead of an answer (RFC 9457). */
export const PROBLEM: JsonObject = {
  type: "object",
  required: ["type", "title", "status", "code", "detail", "request_id"],
  properties: {
    type: { type: "string", format: "uri" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string", description: "What to match on." },
    detail: { type: "string" },
    request_id: { type: "string" },
  },
};

/** The responses of a route, by its reply; `default` for everything that goes wrong. */
export function responsesOf({ reply, contentType }: Pick<DescribedRoute, "reply" | "contentType">): JsonObject {
  return {
    ...ANSWERS[reply](contentType ?? "application/octet-stream"),
    default: {
      description: "No answer came; `code` says why.",
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    },
  };
}

const ANSWERS: Readonly<Record<DescribedRoute["reply"], (contentType: string) => JsonObject>> = {
  socket: () => ({ "2XX": { description: "What the process answers.", content: { "*/*": {} } } }),
  stdout: (contentType) => ({ 200: { description: "What the process prints.", content: { [contentType]: {} } } }),
  cgi: () => ({ "2XX": { description: "What the program answers.", content: { "*/*": {} } } }),
  report: () => ({
    200: {
      description: "How the process ended, and what it printed.",
      content: { "application/json": { schema: { type: "object" } } },
    },
  }),
  accepted: () => ({
    202: {
      description: "The process runs; its result is at `location`.",
      headers: { location: { schema: { type: "string" } } },
      content: { "application/json": { schema: { type: "object" } } },
    },
  }),
};

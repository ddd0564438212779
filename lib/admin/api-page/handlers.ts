import type { JsonObject } from "../../openapi/json.ts";
import { fileHandler } from "../files.ts";
import { type AdminCall, type AdminHandler, jsonReply } from "../handler.ts";
import { apiPage } from "./page.ts";

/** Whoever has the OpenAPI document. */
export interface ApiSource {
  /** The one in force, in one piece. */
  document(): JsonObject;
  /** Where callers come in: a URL, or `unix:/path`. */
  front(): string;
}

/** `/openapi.json`, and `/api` for people. What both pages share is with the status page. */
export function apiHandlers(source: ApiSource): AdminHandler[] {
  const page = ({ query }: AdminCall) => {
    const token = query.get("token");
    // A browser has no other way to send it along.
    const search = token === null ? "" : `?${new URLSearchParams({ token })}`;
    const body = apiPage(source.document(), { front: source.front(), search });
    return { status: 200, contentType: "text/html; charset=utf-8", headers: [], body };
  };
  const style = new URL("style.css", import.meta.url);
  return [
    { method: "GET", path: "/openapi.json", access: "read", handle: () => jsonReply(200, source.document()) },
    { method: "GET", path: "/api", access: "read", handle: page },
    fileHandler(style, "/api/style.css", "text/css; charset=utf-8"),
  ];
}

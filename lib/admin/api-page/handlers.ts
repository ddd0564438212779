import type { JsonObject } from "../../openapi/json.ts";
import { type AdminCall, type AdminHandler, jsonReply } from "../handler.ts";
import { apiPage } from "./page.ts";
import { STYLE } from "./style.ts";

/** Whoever has the OpenAPI document. */
export interface ApiSource {
  /** The one in force, in one piece. */
  document(): JsonObject;
  /** Where callers come in: a URL, or `unix:/path`. */
  front(): string;
}

/** `/openapi.json`, and `/api` for people. */
export function apiHandlers(source: ApiSource): AdminHandler[] {
  const page = ({ query }: AdminCall) => {
    const token = query.get("token");
    // A browser has no other way to send it along.
    const search = token === null ? "" : `?${new URLSearchParams({ token })}`;
    const body = apiPage(source.document(), { front: source.front(), search });
    return { status: 200, contentType: "text/html; charset=utf-8", headers: [], body };
  };
  const style = { status: 200, contentType: "text/css; charset=utf-8", headers: [], body: STYLE };
  return [
    { method: "GET", path: "/openapi.json", access: "read", handle: () => jsonReply(200, source.document()) },
    { method: "GET", path: "/api", access: "read", handle: page },
    { method: "GET", path: "/api/style.css", access: "open", handle: () => style },
  ];
}

import type { RouteConfig } from "../../config/index.ts";

/** What of a route can be told without a document. */
export type DescribedRoute = Pick<
  RouteConfig,
  "path" | "verb" | "inject" | "reply" | "contentType" | "urlParamMode" | "auth"
>;

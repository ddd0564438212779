export { describeRoutes } from "./api-page/describe.ts";
export { type ApiSource, apiHandlers } from "./api-page/handlers.ts";
export { type Access, type AdminCall, type AdminHandler, jsonReply } from "./handler.ts";
export { type MetricsSource, metricsHandler } from "./metrics.ts";
export { type Health, probes } from "./probes.ts";
export { AdminServer, type AdminServerOptions } from "./server.ts";
export { type StatusSource, statusHandlers } from "./status/handlers.ts";
export { statusPage } from "./status/page.ts";
export { newToken } from "./token.ts";

export { type Access, type AdminCall, type AdminHandler, jsonReply } from "./handler.ts";
export { type MetricsSource, metricsHandler } from "./metrics.ts";
export { type Health, probes } from "./probes.ts";
export { AdminServer, type AdminServerOptions } from "./server.ts";
export { newToken } from "./token.ts";

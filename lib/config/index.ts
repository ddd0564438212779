export { ConfigError } from "./error.ts";
export { loadConfig } from "./load.ts";
export { parseConfig } from "./parse.ts";
export { configSchema } from "./schema.ts";
export type { InjectConfig, Limits, LogConfig, Mistake, Position, RouteConfig, ServiceConfig } from "./types.ts";

export { type AuthOptions, type Authorize, createAuth } from "./auth/index.ts";
export type { Ending } from "./endings.ts";
export { Gateway } from "./gateway.ts";
export type { GatewayLimits, GatewayOptions, Outcome } from "./options.ts";
export type { Route } from "./route.ts";

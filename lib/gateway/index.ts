export { type AuthOptions, type Authorize, createAuth } from "./auth/index.ts";
export type { Ending } from "./endings.ts";
export { Gateway, type GatewayLimits, type GatewayOptions, type Outcome } from "./gateway.ts";
export type { Route } from "./route.ts";

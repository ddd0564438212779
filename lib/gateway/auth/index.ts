export { createAuth } from "./auth.ts";
export type { AuthOptions, Authorize, HmacOptions } from "./types.ts";

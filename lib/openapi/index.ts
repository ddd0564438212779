/** OpenAPI documents, and the check of requests and replies by them: usable alone, without a gateway. */
export { type ErrorCode, UrocketError } from "../core/errors.ts";
export { type Mistake, OpenApiError, type Position } from "./error.ts";
export { describeFault, MOST_FAULTS } from "./fault.ts";
export { loadOpenApi } from "./load.ts";
export type * from "./types.ts";

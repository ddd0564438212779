import type { ProcessStarter } from "../process/types.ts";
import type { Failure } from "../replies/failure.ts";
import type { AdmissionLimits } from "./admission.ts";
import type { Ending } from "./endings.ts";
import type { Route } from "./route.ts";

/** What a gateway is made of. */
export interface GatewayOptions {
  readonly routes: readonly Route[];
  readonly starter: ProcessStarter;
  /** Unbounded when absent. */
  readonly limits?: GatewayLimits | undefined;
}

/** Bounds of all routes together. */
export interface GatewayLimits extends AdmissionLimits {
  /** How long a message may wait for its slot, in milliseconds. */
  readonly queueTimeout: number;
}

/** No bounds at all, for a program that keeps its own. */
export const UNBOUNDED: GatewayLimits = {
  processes: Number.POSITIVE_INFINITY,
  queue: Number.POSITIVE_INFINITY,
  queueTimeout: Number.POSITIVE_INFINITY,
};

/** What became of an answer: `ok`, or why nobody was released, or what the caller was told instead of it. */
export type Outcome = "ok" | "unknown" | Ending | Failure;

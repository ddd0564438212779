import { UrocketError } from "../../core/errors.ts";
import { confinementOf } from "../../process/confinement.ts";

/** A user or group that this system does not know, as the process library would refuse it. */
export function identityFault(identity: {
  readonly user?: string | number | undefined;
  readonly group?: string | number | undefined;
}): string[] {
  try {
    confinementOf({ argv: [], env: [], ...identity }, undefined);
    return [];
  } catch (error) {
    if (error instanceof UrocketError) return [error.message];
    throw error;
  }
}

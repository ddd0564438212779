import { UrocketError } from "../../core/errors.ts";

/** What is wrong with a user or group that the process library is asked to look up, in its words. */
export function identityFault(lookUp: () => unknown): string[] {
  try {
    lookUp();
    return [];
  } catch (error) {
    if (error instanceof UrocketError) return [error.message];
    throw error;
  }
}

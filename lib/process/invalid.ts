import { UrocketError } from "../core/errors.ts";

/** The error for one wrong option of a spec or a supervisor. */
export function invalid(option: string, expected: string, got: string): UrocketError {
  return new UrocketError("spawn-spec-invalid", `expected \`${option}\` to be ${expected}, got ${got}`);
}

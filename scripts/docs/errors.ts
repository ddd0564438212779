import { ERRORS } from "../../lib/core/errors.ts";
import type { Parts } from "./fill.ts";
import { table } from "./table.ts";

/** The catalogue of errors: those with a status, by status, and those that keep urocket or a program from working. */
export function errorParts(): Parts {
  const all = Object.entries(ERRORS);
  const told = all.filter(([, { status }]) => status > 0).sort(([, a], [, b]) => a.status - b.status);
  const own = all.filter(([, { status }]) => status === 0);
  return {
    told: table(
      ["status", "code", "what happened", "what to do"],
      told.map(([code, { status, title, remedy }]) => [String(status), `\`${code}\``, title, remedy]),
    ),
    own: table(
      ["code", "what happened", "what to do"],
      own.map(([code, { title, remedy }]) => [`\`${code}\``, title, remedy]),
    ),
  };
}

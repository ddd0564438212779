import { UrocketError } from "../core/errors.ts";
import type { Mistake } from "./types.ts";

/** A configuration that can't be used, with every mistake in it; `message` has one `file:line:column: ...` line for each. */
export class ConfigError extends UrocketError {
  /** In the order of the file; at least one. */
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[], options?: ErrorOptions) {
    super("config-invalid", mistakes.map(line).join("\n"), options);
    this.mistakes = mistakes;
  }
}

function line({ file, position, message }: Mistake): string {
  return `${file}:${position.line}:${position.column}: ${message}`;
}

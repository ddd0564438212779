import { UrocketError } from "../core/errors.ts";

/** A place in a file, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One mistake in a document. */
export interface Mistake {
  /** As the document's own path was given, or beside it. */
  readonly file: string;
  readonly position: Position | undefined;
  /** JSON pointer (RFC 6901) into that file. */
  readonly pointer: string;
  /** ``expected `in` to be one of "query", "header", got "qery"`` */
  readonly message: string;
}

/** A document that can't be used; `message` has one `file:line:column: ...` line for each mistake. */
export class OpenApiError extends UrocketError {
  /** At least one. */
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[], options?: ErrorOptions) {
    super("openapi-invalid", mistakes.map(line).join("\n"), options);
    this.mistakes = mistakes;
  }
}

function line({ file, position, pointer, message }: Mistake): string {
  const place = position === undefined ? file : `${file}:${position.line}:${position.column}`;
  return `${place}: ${message}${pointer === "" ? "" : ` (at ${pointer})`}`;
}

import { join } from "node:path";

/** The words of a command that prints what it was given. */
export const GIVEN: readonly string[] = [process.execPath, join(import.meta.dirname, "../fixtures/given.mjs")];

/** What a process was given that ran {@link GIVEN}. */
export interface Given {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: Buffer;
  /** The payload's file; undefined where there is none. */
  readonly file: Buffer | undefined;
  readonly cwd: string;
  readonly uid: number;
  readonly umask: number;
}

/** Reads what {@link GIVEN} printed. */
export function readGiven(printed: Buffer): Given {
  const { stdin, file, ...rest } = JSON.parse(printed.toString());
  return {
    ...rest,
    stdin: Buffer.from(stdin, "base64"),
    file: file === null ? undefined : Buffer.from(file, "base64"),
  };
}

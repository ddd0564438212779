import { type Finding, finding } from "./schema/finding.ts";
import { hidden, isSecret } from "./show.ts";

/** Text that can't be taken apart; thrown and caught within the reading of one value. */
export class Malformed extends Error {
  readonly finding: Finding;

  constructor(expected: string, got: string, pointer = "") {
    super(expected);
    this.finding = finding(pointer, expected, got);
  }

  /** The same, without what came if that goes by the name of a secret. */
  unlessSecret(name: string, pointer: string): Malformed {
    const { expected, got } = this.finding;
    return new Malformed(expected, isSecret(name) ? hidden("string") : got, pointer);
  }
}

/** What is wrong with a value that could not be read. Other errors are faults of our own, and thrown on. */
export function findingOfReading(error: unknown): Finding {
  if (error instanceof Malformed) return error.finding;
  if (!(error instanceof RangeError)) throw error;
  // A schema that contains itself follows a value as deep as it goes, and the stack ends somewhere.
  return finding("", "nested less deeply", "more levels than can be checked");
}

import type { Finding } from "../schema/finding.ts";
import { finding } from "../schema/finding.ts";

/** Text that can't be taken apart; thrown and caught within the reading of one value. */
export class Malformed extends Error {
  readonly finding: Finding;

  constructor(expected: string, got: string) {
    super(expected);
    this.finding = finding("", expected, got);
  }
}

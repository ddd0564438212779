/** Milliseconds to the microsecond: more digits are noise in a log. */
export function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

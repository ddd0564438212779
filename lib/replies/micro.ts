/** Milliseconds to the microsecond, as callers are told them. */
export function micro(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

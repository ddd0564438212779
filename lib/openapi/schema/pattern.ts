/**
 * The regular expression of a `pattern`; undefined where it is none. Patterns are meant for Unicode, but many that are in
 * use escape characters that then need no escape, which only the older syntax takes.
 */
export function compilePattern(pattern: string): RegExp | undefined {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // The next syntax may take it; a pattern that none takes is reported by whoever asked.
    }
  }
  return undefined;
}

/** The generated parts of a page, by the names in its marks. */
export type Parts = Readonly<Record<string, string>>;

/**
 * Puts each part between `<!-- begin NAME -->` and `<!-- end NAME -->` of a page. Throws when the page lacks a part, or
 * has a mark that no part belongs to.
 */
export function fill(page: string, parts: Parts): string {
  const filled = new Set<string>();
  const text = page.replaceAll(/(<!-- begin (\S+) -->\n).*?(<!-- end \2 -->)/gs, (_, begin, name: string, end) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`expected a part for the mark ${name}, got none`);
    filled.add(name);
    return `${begin}${part}\n${end}`;
  });
  const missing = Object.keys(parts).filter((name) => !filled.has(name));
  if (missing.length > 0) throw new Error(`expected marks for ${missing.join(", ")} in the page, got none`);
  return text;
}

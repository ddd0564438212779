import type { Fields } from "./fields.ts";

/** The cookies of a `cookie` header (RFC 6265, 4.2.1). */
export function parseCookies(header: string): Fields {
  const cookies = new Map<string, string[]>();
  for (const pair of header.split(";")) {
    const equals = pair.indexOf("=");
    if (equals < 0) continue;
    const name = pair.slice(0, equals).trim();
    const value = pair
      .slice(equals + 1)
      .trim()
      .replace(/^"(.*)"$/, "$1");
    const values = cookies.get(name);
    if (values === undefined) cookies.set(name, [value]);
    else values.push(value);
  }
  return cookies;
}

import { Malformed } from "../malformed.ts";
import { show } from "../show.ts";

/** Text without its percent-encoding (RFC 3986, 2.1); throws {@link Malformed}. */
export function percentDecode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Malformed("percent-encoded UTF-8", show(text));
  }
}

/** The same for a query or form, where a plus is a blank. */
export function formDecode(text: string): string {
  return percentDecode(text.includes("+") ? text.replaceAll("+", " ") : text);
}

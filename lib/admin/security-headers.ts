import type { ServerResponse } from "node:http";

/** Puts on a response what keeps browsers from doing anything with it that we did not mean. */
export function secure(response: ServerResponse): void {
  for (const [name, value] of HEADERS) response.setHeader(name, value);
}

const HEADERS = [
  // Pages, scripts, styles, images and connections of our own only, and no frame around them.
  ["content-security-policy", "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"],
  ["x-content-type-options", "nosniff"],
  ["cross-origin-resource-policy", "same-origin"],
  ["cross-origin-opener-policy", "same-origin"],
  // The address of the page may have the token in it.
  ["referrer-policy", "no-referrer"],
  ["cache-control", "no-store"],
] as const;

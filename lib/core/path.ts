/** Text of a path, in which escapes may stand already, as callers send it: every other character that has to be escaped is. */
export function escapePath(text: string): string {
  return encodeURI(text.replace(/\p{Surrogate}/gu, "\ufffd")).replace(/%25(?=[0-9A-Fa-f]{2})/g, "%");
}

/** An escaped path without the differences that change nothing (RFC 3986, 6.2.2): paths are the same when their texts are. */
export function normalisePath(path: string): string {
  if (!path.includes("%")) return path;
  return path.replace(/%[0-9A-Fa-f]{2}/g, (octet) => {
    const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : octet.toUpperCase();
  });
}

/** `.` and `..`, escaped or not: a path with these could be taken for another one behind us (RFC 3986, 5.2.4). */
export function isDotSegment(segment: string): boolean {
  return /^(?:\.|%2e){1,2}$/i.test(segment);
}

/** Where results are fetched: followed by the request id. No route can be below it. */
export const RESULTS_PATH = "/urocket/results/";

import { escapePath, isDotSegment, normalisePath, RESULTS_PATH } from "../core/path.ts";

/** What is wrong with a path of `paths`, in the words of our messages; undefined when nothing is. */
export function pathFault(path: string): string | undefined {
  if (/[?#]/.test(path)) return `expected a path without query and fragment, got \`${path}\``;
  const segments = segmentsOf(path);
  if (segments.some(isDotSegment)) {
    return `expected a path without \`.\` and \`..\`, which clients resolve, got \`${path}\``;
  }
  if (segments.some((segment, index) => segment.includes("*") && (segment !== "*" || index < segments.length - 1))) {
    return `expected \`*\` in a path to be its last segment, got \`${path}\``;
  }
  if (segments.some((segment) => /[{}]/.test(segment) && !PARAMETER.test(segment))) {
    return `expected a parameter of a path to be a whole segment such as \`{petId}\`, got \`${path}\``;
  }
  const names = pathParameters(path);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) return `expected each parameter once in a path, got \`{${twice}}\` twice in \`${path}\``;
  if (pathShape(`/${path.replace(/^\//, "")}`).startsWith(RESULTS_PATH)) {
    return `expected a path outside of \`${RESULTS_PATH}\`, where results are fetched, got \`${path}\``;
  }
  return undefined;
}

/** The names of the parameters of a path, in order. */
export function pathParameters(path: string): string[] {
  return segmentsOf(path).flatMap((segment) => PARAMETER.exec(segment)?.[1] ?? []);
}

/** Whether a path stands for many: `/pets/{petId}`, `/files/*`. */
export function isPattern(path: string): boolean {
  return /\{[^{}]*\}|\/\*$/.test(path);
}

/** The same text for paths that the same requests have, however they are escaped and their parameters named. */
export function pathShape(path: string): string {
  return segmentsOf(path)
    .map((segment) => (PARAMETER.test(segment) ? "{}" : normalisePath(escapePath(segment))))
    .join("/");
}

/** Escaped braces are braces, as for the router. */
function segmentsOf(path: string): string[] {
  return path.replaceAll("%7B", "{").replaceAll("%7D", "}").split("/");
}

/** One whole segment. */
const PARAMETER = /^\{([\p{L}\p{N}_.~-]+)\}$/u;

import { UrocketError } from "../../core/errors.ts";

/** The path of a request as CGI divides it; both parts decoded. */
export interface ScriptPath {
  /** What names the program. */
  readonly scriptName: string;
  /** What is below it: empty, or a path with its leading slash. */
  readonly pathInfo: string;
}

/**
 * Divides request paths for a route with this path key: below a final `/*` is PATH_INFO, all else SCRIPT_NAME. What it
 * gives back throws UrocketError `payload-not-representable` for a path that decoding would turn into another.
 */
export function scriptPath(key = ""): (path: string) => ScriptPath {
  if (!key.endsWith("/*")) return (path) => ({ scriptName: decode(path), pathInfo: "" });
  const depth = key.split("/").length - 1;
  return (path) => {
    const end = endOfSegments(path, depth);
    return { scriptName: decode(path.slice(0, end)), pathInfo: decode(path.slice(end)) };
  };
}

// Where `depth` slashes have passed, or the end.
function endOfSegments(path: string, depth: number): number {
  let at = -1;
  for (let passed = 0; passed < depth; passed++) {
    at = path.indexOf("/", at + 1);
    if (at === -1) return path.length;
  }
  return at;
}

// Programs join PATH_INFO to a folder and open that: what a slash or two dots are must not change by decoding.
function decode(path: string): string {
  if (/%2f/i.test(path)) throw refusal("without an encoded slash", path);
  const decoded = decodePercent(path);
  if (decoded.split("/").some((segment) => segment === "." || segment === "..")) {
    throw refusal("without the segments . and ..", path);
  }
  return decoded;
}

function decodePercent(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw refusal("that is percent-encoded UTF-8", path, cause);
  }
}

function refusal(expected: string, path: string, cause?: unknown): UrocketError {
  return new UrocketError("payload-not-representable", `expected a path ${expected}, got ${path}`, { cause });
}

import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import type { AdminHandler } from "./handler.ts";

/**
 * The files of a directory as they are, below `path`: read once, so that nothing else can ever be asked for. They tell
 * nothing of what runs here, so whoever reaches the port may have them.
 */
export function fileHandlers(directory: URL, path: string): AdminHandler[] {
  return readdirSync(directory).flatMap((name) => {
    const contentType = TYPES[extname(name)];
    return contentType === undefined ? [] : [fileHandler(new URL(name, directory), `${path}${name}`, contentType)];
  });
}

/** One file. */
export function fileHandler(file: URL, path: string, contentType: string): AdminHandler {
  const reply = { status: 200, contentType, headers: [], body: readFileSync(file, "utf8") };
  return { method: "GET", path, access: "open", handle: () => reply };
}

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".html": "text/html; charset=utf-8",
};

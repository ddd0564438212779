import { fileHandler, fileHandlers } from "../files.ts";
import type { AdminHandler } from "../handler.ts";

/** The status page at `/`, with what it is made of: the same for everybody, what it shows is asked for by the browser. */
export function statusPage(): AdminHandler[] {
  const html = fileHandler(new URL("index.html", DIRECTORY), "/", "text/html; charset=utf-8");
  return [html, ...fileHandlers(DIRECTORY, "/page/")];
}

const DIRECTORY = new URL("../page/", import.meta.url);

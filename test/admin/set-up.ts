import { request } from "node:http";
import type { TestContext } from "node:test";
import { type AdminHandler, AdminServer, type AdminServerOptions, jsonReply } from "../../lib/admin/index.ts";
import { cleanUp } from "../helpers/clean-up.ts";

/** The token of the servers here. */
export const TOKEN = "a-token-that-nobody-guesses";

/** One handler for each kind of access. */
export const HANDLERS: readonly AdminHandler[] = [
  { method: "GET", path: "/open", access: "open", handle: () => jsonReply(200, "open") },
  { method: "GET", path: "/read", access: "read", handle: () => jsonReply(200, "read") },
  { method: "POST", path: "/change/*", access: "change", handle: ({ rest }) => jsonReply(200, rest) },
];

/** An admin server on a free port of this machine, closed after the test; `guarded` is what its guard is told. */
export async function openServer(t: TestContext, options: Partial<AdminServerOptions> = {}) {
  const { host = "127.0.0.1", names = [], token = TOKEN, handlers = HANDLERS } = options;
  const server = new AdminServer({ host, names, token, handlers });
  cleanUp(t, () => server.close());
  const port = await server.listen(0);
  return { server, port };
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** Asks a server; headers go out as they are given, `host` too. */
export function ask(
  port: number,
  target: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path: target, method, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.once("end", () => {
        const { statusCode = 0, headers: got } = response;
        resolve({ status: statusCode, headers: got as Answer["headers"], text });
      });
    });
    asked.once("error", reject).end();
  });
}

/** The code of a problem document. */
export function codeOf({ text }: Answer): string {
  return JSON.parse(text).code;
}

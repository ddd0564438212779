import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Exchange } from "./exchange.ts";
import { fill } from "./fill.ts";
import { freePort } from "./free-port.ts";
import { payloadOf } from "./load.ts";
import { type Server, startServer } from "./server.ts";

/** What the servers without processes all answer. */
export const ECHO: Exchange = { verb: "POST", path: "/echo", body: payloadOf(17), expected: payloadOf(17) };

const PEERS = join(import.meta.dirname, "../peers");

/** Starts our gateway with processes that are played; `poster` posts their answers where it is given. */
export async function startMatching(
  directory: string,
  { poster, flags = [] }: { readonly poster?: string; readonly flags?: readonly string[] },
): Promise<Server> {
  mkdirSync(directory, { recursive: true });
  const port = await freePort();
  const file = fill("urocket/matching.yaml", directory, { port });
  return await start(directory, port, "urocket/matching.mjs", [file, ...(poster === undefined ? [] : [poster])], flags);
}

/** Starts hyper-express alone, or with a second one and the program that posts the answers to it. */
export async function startHyperExpress(directory: string, poster?: string): Promise<Server> {
  const port = await freePort();
  if (poster === undefined) return await start(directory, port, "hyper-express/echo.mjs", [String(port)]);
  const args = [String(port), join(directory, "back.sock"), poster];
  return await start(directory, port, "hyper-express/relay.mjs", args);
}

/** The program that posts the answers is none of the server's own processes. */
async function start(
  directory: string,
  port: number,
  program: string,
  args: readonly string[],
  flags: readonly string[] = [],
): Promise<Server> {
  const command = [process.execPath, ...flags, join(PEERS, program), ...args] as const;
  const server = await startServer({ directory, port, commands: [command], probe: ECHO });
  return { ...server, pids: server.pids.slice(0, 1) };
}

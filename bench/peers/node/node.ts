import { join } from "node:path";
import type { Exchange } from "../../tools/exchange.ts";
import { freePort } from "../../tools/free-port.ts";
import type { ServerKind } from "../../tools/serve.ts";
import { type Server, startServer } from "../../tools/server.ts";
import { HELLO } from "../hello.ts";

/** node:http in front of `execFile`. */
export const node: ServerKind = {
  name: "node:http + child_process",
  note: "`execFile` for each request, empty environment, no log (bench/peers/node/stdout.mjs).",
  needs: [],
  start: async ({ directory, programs }) => {
    const port = await freePort();
    return await startServer({ directory, port, commands: [run("stdout.mjs", String(port), programs)], probe: HELLO });
  },
};

/** Starts bench/peers/node/socket.mjs, whose processes post their answers, in front of `program`. */
export async function startNodeSocket(directory: string, program: string, probe: Exchange): Promise<Server> {
  const port = await freePort();
  const args = [String(port), join(directory, "reply.sock"), program];
  return await startServer({ directory, port, commands: [run("socket.mjs", ...args)], probe });
}

function run(name: string, ...args: string[]): [string, ...string[]] {
  return [process.execPath, join(import.meta.dirname, name), ...args];
}
